import { compileFilter, type Filter } from '../aggregate/filter/compile.ts';
import { Groups } from '../aggregate/group.ts';
import { type Classified, KIND_FIELDS, KindClassifier } from '../aggregate/kinds.ts';
import { type AddressRange, isInRange } from '../aggregate/range.ts';
import { parseSort, type SortKey, sortMappings, topOf } from '../aggregate/sort.ts';
import { findColumn } from '../columns/catalogue.ts';
import type { Column } from '../columns/column.ts';
import type { NameRule } from '../columns/mapping-name.ts';
import type { FieldVocabulary } from '../model/fields.ts';
import type { Grouping } from '../model/grouping.ts';
import { copyMapping, type Mapping } from '../model/mapping.ts';

/** Which rows are wanted, as the user wrote it; checked when the command line was. */
export interface RowRequest {
  readonly range?: AddressRange | undefined;
  readonly filter?: string | undefined;
  readonly sort?: string | undefined;
  readonly top?: number | undefined;
  readonly groupBy?: Grouping | undefined;
}

/** One reading: its fields, how names are shown, and whether the report shows kinds. */
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
  readonly #request: RowRequest;
  readonly #reading: Reading;
  readonly #filter: Filter | undefined;
  readonly #sort: readonly SortKey[];
  readonly #classifier: KindClassifier | undefined;

  constructor(request: RowRequest, reading: Reading) {
    const { vocabulary, names, needsKinds } = reading;
    const find = finder(vocabulary);
    this.#request = request;
    this.#reading = reading;
    this.#filter = request.filter === undefined ? undefined : compileFilter(request.filter, find);
    this.#sort = request.sort === undefined ? [] : parseSort(request.sort, find);
    const usesKinds = needsKinds || request.groupBy !== undefined || this.#usesKinds();
    this.#classifier = usesKinds ? new KindClassifier(names.startStack) : undefined;
  }

  /** The rows to show; `count` is called with each mapping that is let through, shown or not. */
  rows(mappings: Iterable<Mapping>, count: (mapping: Mapping) => void): Iterable<Mapping> {
    const { groupBy, top } = this.#request;
    const kept = this.#kept(mappings, count);
    const rows = groupBy === undefined ? mappingsOf(kept) : this.#groups(kept, groupBy);
    if (top !== undefined) return this.#top(rows, top);
    const { names } = this.#reading;
    return this.#sort.length === 0 ? rows : sortMappings(rows, this.#sort, names);
  }

  #usesKinds(): boolean {
    return this.#filter?.usesKind === true || this.#sort.some(({ column }) => column.id === 'kind');
  }

  *#kept(
    mappings: Iterable<Mapping>,
    count: (mapping: Mapping) => void,
  ): Generator<Kept, void, void> {
    const { range } = this.#request;
    for (const mapping of mappings) {
      // Kinds depend on neighbours: every mapping is classified, those that are not shown as well.
      const classified = this.#classifier?.classify(mapping);
      if (range !== undefined && !isInRange(mapping, range)) continue;
      const row =
        classified === undefined ? mapping : { ...copyMapping(mapping), kind: classified.kind };
      if (this.#filter?.test(row, this.#reading.names) === false) continue;
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
    const top = topOf(limit, this.#sort, this.#reading.names);
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

/** Finds columns in a reading; a field that its kernel did not print so far is absent, not unknown. */
export function finder(vocabulary: FieldVocabulary): (name: string) => Column | undefined {
  return (name) => {
    const column = findColumn(name, vocabulary);
    if (column !== undefined) return column;
    vocabulary.slot(name);
    return findColumn(name, vocabulary);
  };
}

/**
 * Checks a request before anything is read, and says which fields of smaps it needs.
 *
 * @throws FilterError, SortError with the place of the mistake.
 */
export function checkRows(request: RowRequest, known: FieldVocabulary): string[] {
  const find = (name: string) => findColumn(name, known);
  const filter = request.filter === undefined ? undefined : compileFilter(request.filter, find);
  const sort = request.sort === undefined ? [] : parseSort(request.sort, find);
  const needsKind = request.groupBy !== undefined || filter?.usesKind === true;
  return [
    ...(filter?.fields ?? []),
    ...sort.flatMap(({ column }) => column.fields),
    ...(needsKind ? KIND_FIELDS : []),
  ];
}
