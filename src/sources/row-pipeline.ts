import type { Filter } from '../aggregate/filter/compile.ts';
import { Groups } from '../aggregate/group.ts';
import { type Classified, KindClassifier } from '../aggregate/kinds.ts';
import { type AddressRange, isInRange } from '../aggregate/range.ts';
import { type SortKey, sortMappings, topOf } from '../aggregate/sort.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Grouping } from '../model/grouping.ts';
import { copyMapping, type Mapping } from '../model/mapping.ts';

/** How rows are chosen, compiled; the same for all processes of a run. */
export interface RowRules {
  readonly range: AddressRange | undefined;
  readonly filter: Filter | undefined;
  readonly sort: readonly SortKey[];
  readonly top: number | undefined;
  readonly groupBy: Grouping | undefined;
}

/** One reading: its fields, how names are shown, and whether mappings must be classified. */
export interface Reading {
  readonly vocabulary: FieldVocabulary;
  readonly names: NameRule;
  readonly needsKinds: boolean;
}

/**
 * Lets through, groups, sorts and cuts the mappings of one process. Where nothing of that is asked
 * for, mappings pass as they are read and none is kept.
 */
export class RowPipeline {
  readonly #rules: RowRules;
  readonly #reading: Reading;
  readonly #classifier: KindClassifier | undefined;

  constructor(rules: RowRules, reading: Reading) {
    const { names, needsKinds } = reading;
    this.#rules = rules;
    this.#reading = reading;
    this.#classifier = needsKinds ? new KindClassifier(names.startStack) : undefined;
  }

  /** The rows to show; `count` is called with each mapping that is let through, shown or not. */
  rows(mappings: Iterable<Mapping>, count: (mapping: Mapping) => void): Iterable<Mapping> {
    const { groupBy, top, sort } = this.#rules;
    const kept = this.#kept(mappings, count);
    const rows = groupBy === undefined ? mappingsOf(kept) : this.#groups(kept, groupBy);
    if (top !== undefined) return this.#top(rows, top);
    return sort.length === 0 ? rows : sortMappings(rows, sort, this.#reading.names);
  }

  *#kept(
    mappings: Iterable<Mapping>,
    count: (mapping: Mapping) => void,
  ): Generator<Kept, void, void> {
    const { range, filter } = this.#rules;
    for (const mapping of mappings) {
      // Kinds depend on neighbours: every mapping is classified, those that are not shown as well.
      const classified = this.#classifier?.classify(mapping);
      if (range !== undefined && !isInRange(mapping, range)) continue;
      const row =
        classified === undefined ? mapping : { ...copyMapping(mapping), kind: classified.kind };
      if (filter?.test(row, this.#reading.names) === false) continue;
      count(row);
      yield { row, classified };
    }
  }

  #groups(kept: Iterable<Kept>, by: Grouping): Mapping[] {
    const groups = new Groups(by, this.#reading.vocabulary);
    for (const { row, classified } of kept) {
      if (classified !== undefined) groups.add(row, classified);
    }
    return groups.list();
  }

  #top(rows: Iterable<Mapping>, limit: number): Mapping[] {
    const top = topOf(limit, this.#rules.sort, this.#reading.names);
    for (const row of rows) top.add(row);
    return top.list();
  }
}

interface Kept {
  readonly row: Mapping;
  readonly classified: Classified | undefined;
}

function* mappingsOf(kept: Iterable<Kept>): Generator<Mapping, void, void> {
  for (const { row } of kept) yield row;
}
