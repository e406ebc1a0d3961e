import type { Filter } from '../../aggregate/filter/compile.ts';
import { groupMappings } from '../../aggregate/group.ts';
import { type AddressRange, isInRange } from '../../aggregate/range.ts';
import { type SortKey, sortMappings, topOf } from '../../aggregate/sort.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import type { FieldVocabulary } from '../../model/fields.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Mapping } from '../../model/mapping.ts';

/** Compiled rules for choosing rows; the same for all processes of a run. */
export interface RowRules {
  readonly range: AddressRange | undefined;
  readonly filter: Filter | undefined;
  readonly sort: readonly SortKey[];
  readonly top: number | undefined;
  readonly groupBy: Grouping | undefined;
}

/** What rows of one process depend on: its fields, and how its names are shown. */
export interface RowContext {
  readonly vocabulary: FieldVocabulary;
  readonly names: NameRule;
}

/**
 * Filters, groups, sorts and limits the mappings of one process, which must be classified if the rules
 * use kinds. Without grouping, sorting or limit, mappings pass through and none is kept.
 */
export class RowPipeline {
  readonly #rules: RowRules;
  readonly #context: RowContext;

  constructor(rules: RowRules, context: RowContext) {
    this.#rules = rules;
    this.#context = context;
  }

  /** The rows to show. `count` is called with each mapping that passes the filter, shown or not. */
  rows(mappings: Iterable<Mapping>, count: (mapping: Mapping) => void): Iterable<Mapping> {
    const { groupBy, top, sort } = this.#rules;
    const { names, vocabulary } = this.#context;
    const passed = this.#passed(mappings, count);
    const rows = groupBy === undefined ? passed : groupMappings(passed, groupBy, vocabulary);
    if (top !== undefined) return this.#top(rows, top);
    return sort.length === 0 ? rows : sortMappings(rows, sort, names);
  }

  *#passed(
    mappings: Iterable<Mapping>,
    count: (mapping: Mapping) => void,
  ): Generator<Mapping, void, void> {
    const { range, filter } = this.#rules;
    const { names } = this.#context;
    for (const mapping of mappings) {
      if (range !== undefined && !isInRange(mapping, range)) continue;
      if (filter?.test(mapping, names) === false) continue;
      count(mapping);
      yield mapping;
    }
  }

  #top(rows: Iterable<Mapping>, limit: number): Mapping[] {
    const top = topOf(limit, this.#rules.sort, this.#context.names);
    for (const row of rows) top.add(row);
    return top.list();
  }
}
