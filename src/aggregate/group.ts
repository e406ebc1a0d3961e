import { kernelColumn } from '../columns/kernel-fields.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { FieldValue, FieldVocabulary } from '../model/fields.ts';
import type { Grouping } from '../model/grouping.ts';
import type { Kind } from '../model/kind.ts';
import { type Mapping, mappingCount, sizeBytes } from '../model/mapping.ts';

/** The sums of a group while mappings are being added to it. */
interface GroupSums {
  readonly name: ByteString;
  perms: string;
  kind: Kind | undefined;
  bytes: number;
  count: number;
  readonly values: FieldValue[];
}

/** What mappings are grouped by; `total` puts all of them into one group. */
export type GroupedBy = Grouping | 'total';

/**
 * Groups mappings that are added one by one; only the groups are kept. The mappings may be a selection,
 * and may come from several processes whose readings share their slots. To be grouped by mapping or by
 * kind, they must be classified.
 *
 * A group is a Mapping itself, so that every summable column works on it: `end - start` is the sum
 * of the sizes, `start` is 0, `values` are the sums of the fields that can be added up (absent where
 * no mapping had one), `count` is the number of mappings. `name` is the owner if they are grouped by
 * mapping, else empty. `kind` and `perms` are set if all mappings of the group have the same;
 * otherwise the kind is absent and the permissions are `----`.
 */
export class Groups {
  readonly #by: GroupedBy;
  readonly #vocabulary: FieldVocabulary;
  readonly #groups = new Map<string, GroupSums>();

  /** `vocabulary` is that of the reading; it says which fields can be added up. */
  constructor(by: GroupedBy, vocabulary: FieldVocabulary) {
    this.#by = by;
    this.#vocabulary = vocabulary;
  }

  add(mapping: Mapping): void {
    const { kind, perms, values } = mapping;
    const key = this.#keyOf(mapping);
    let sums = this.#groups.get(key);
    if (sums === undefined) {
      const name = this.#by === 'mapping' ? key : '';
      sums = { name, perms, kind, bytes: 0, count: 0, values: [] };
      this.#groups.set(key, sums);
    }
    if (sums.perms !== perms) sums.perms = '----';
    if (sums.kind !== kind) sums.kind = undefined;
    sums.bytes += sizeBytes(mapping);
    sums.count += mappingCount(mapping);
    addValues(sums.values, values);
  }

  #keyOf({ owner, kind, perms }: Mapping): string {
    switch (this.#by) {
      case 'mapping':
        return owner ?? '';
      case 'kind':
        return kind ?? '';
      case 'mode':
        return perms;
      case 'total':
        return '';
    }
  }

  /** The groups so far, in the order in which their first mappings came. */
  list(): Mapping[] {
    // Decided here and not in the constructor: a reading may meet new fields until its end.
    const slots = this.#vocabulary.slots.filter((slot) => {
      const column = kernelColumn(this.#vocabulary, slot);
      return column.kind === 'number' && column.isSummable;
    });
    const summable = new Set(slots);
    return [...this.#groups.values()].map((sums) => groupMapping(sums, summable));
  }
}

/** The groups of mappings; see Groups. */
export function groupMappings(
  mappings: Iterable<Mapping>,
  by: GroupedBy,
  vocabulary: FieldVocabulary,
): Mapping[] {
  const groups = new Groups(by, vocabulary);
  for (const mapping of mappings) groups.add(mapping);
  return groups.list();
}

/** A group of mappings of several processes. */
export interface MergedGroup {
  readonly group: Mapping;
  /** How many processes have such mappings. */
  readonly processes: number;
}

/** Adds up equal groups of several processes, whose readings share their slots. */
export function mergeGroups(lists: Iterable<readonly Mapping[]>, by: Grouping): MergedGroup[] {
  const merged = new Map<string, GroupSums & { processes: number }>();
  for (const list of lists) {
    for (const { name, kind, perms, values, count = 0, ...range } of list) {
      const key = { mapping: name, kind: kind ?? '', mode: perms }[by];
      const known = merged.get(key);
      const sums = known ?? { name, perms, kind, bytes: 0, count: 0, values: [], processes: 0 };
      if (known === undefined) merged.set(key, sums);
      if (sums.perms !== perms) sums.perms = '----';
      if (sums.kind !== kind) sums.kind = undefined;
      sums.bytes += range.end - range.start;
      sums.count += count;
      sums.processes++;
      addValues(sums.values, values);
    }
  }
  return [...merged.values()].map((sums) => ({
    group: groupMapping(sums, undefined),
    processes: sums.processes,
  }));
}

function addValues(sums: FieldValue[], values: readonly FieldValue[]): void {
  while (sums.length < values.length) sums.push(undefined);
  for (let slot = 0; slot < values.length; slot++) {
    const value = values[slot];
    if (typeof value !== 'number') continue;
    const sum = sums[slot];
    sums[slot] = typeof sum === 'number' ? sum + value : value;
  }
}

/** `summable` are the slots that are kept; undefined keeps all. */
function groupMapping(sums: GroupSums, summable: ReadonlySet<number> | undefined): Mapping {
  return {
    start: 0,
    end: sums.bytes,
    perms: sums.perms,
    offset: 0,
    deviceMajor: 0,
    deviceMinor: 0,
    inode: '0',
    name: sums.name,
    kind: sums.kind,
    count: sums.count,
    values: sums.values.map((value, slot) => (summable?.has(slot) === false ? undefined : value)),
  };
}
