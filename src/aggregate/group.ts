import { kernelColumn } from '../columns/kernel-fields.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { FieldValue, FieldVocabulary } from '../model/fields.ts';
import type { Grouping } from '../model/grouping.ts';
import type { Kind } from '../model/kind.ts';
import { type Mapping, sizeBytes } from '../model/mapping.ts';
import { type Classified, KindClassifier } from './kinds.ts';

/** What a group is made with. */
export interface GroupOptions {
  /** Of the reading that the mappings come from; says which fields may be added up. */
  readonly vocabulary: FieldVocabulary;
  /** As KindClassifier takes it: an address in bytes. */
  readonly startStack: number;
}

/** The sums of a group while it grows. */
interface Sums {
  readonly name: ByteString;
  perms: string;
  kind: Kind | undefined;
  bytes: number;
  count: number;
  readonly values: FieldValue[];
}

/**
 * Groups mappings that are added one by one; holds the groups alone. Mappings may be left out
 * (filters) and come from several processes, once they were classified.
 *
 * A group is a Mapping itself, so that every summable column works on it: `end - start` is the size
 * of all, `start` is 0, `values` hold sums of the fields that may be added up (absent where no
 * mapping had one), `count` is the number of mappings. `name` is the owner (see KindClassifier)
 * where grouped by mapping, else empty. `kind` and `perms` are those of all its mappings, where
 * these are the same; else the kind is absent and the permissions are `----`.
 */
export class Groups {
  readonly #by: Grouping;
  readonly #vocabulary: FieldVocabulary;
  readonly #groups = new Map<string, Sums>();

  constructor(by: Grouping, vocabulary: FieldVocabulary) {
    this.#by = by;
    this.#vocabulary = vocabulary;
  }

  add(mapping: Mapping, { kind, owner }: Classified): void {
    const key = { mapping: owner, kind, mode: mapping.perms }[this.#by];
    let sums = this.#groups.get(key);
    if (sums === undefined) {
      const name = this.#by === 'mapping' ? owner : '';
      sums = { name, perms: mapping.perms, kind, bytes: 0, count: 0, values: [] };
      this.#groups.set(key, sums);
    }
    if (sums.perms !== mapping.perms) sums.perms = '----';
    if (sums.kind !== kind) sums.kind = undefined;
    sums.bytes += sizeBytes(mapping);
    sums.count += mapping.count ?? 1;
    addValues(sums.values, mapping.values);
  }

  /** The groups so far, in the order in which their first mappings came. */
  list(): Mapping[] {
    // Which fields may be added up is known only now: the reading may have met new ones until here.
    const slots = this.#vocabulary.slots.filter((slot) => {
      const column = kernelColumn(this.#vocabulary, slot);
      return column.kind === 'number' && column.isSummable;
    });
    const summable = new Set(slots);
    return [...this.#groups.values()].map((sums) => groupMapping(sums, summable));
  }
}

/** The groups of ONE process's mappings, all of them in the order of addresses; see Groups. */
export function groupMappings(
  mappings: Iterable<Mapping>,
  by: Grouping,
  { vocabulary, startStack }: GroupOptions,
): Mapping[] {
  const classifier = new KindClassifier(startStack);
  const groups = new Groups(by, vocabulary);
  for (const mapping of mappings) groups.add(mapping, classifier.classify(mapping));
  return groups.list();
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

function groupMapping(sums: Sums, summable: ReadonlySet<number>): Mapping {
  return {
    start: 0,
    end: sums.bytes,
    perms: sums.perms,
    offset: 0,
    deviceMajor: 0,
    deviceMinor: 0,
    inode: '0',
    name: sums.name,
    count: sums.count,
    values: sums.values.map((value, slot) => (summable.has(slot) ? value : undefined)),
    ...(sums.kind === undefined ? {} : { kind: sums.kind }),
  };
}
