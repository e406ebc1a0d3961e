import {
  ChangeSum,
  type ComparedColumn,
  changeOf,
} from '../../aggregate/differences/change-sum.ts';
import { differencesOf, hasChanged } from '../../aggregate/differences/differences.ts';
import { matchGroups, matchMappings } from '../../aggregate/differences/match.ts';
import { type Direction, type Order, ordered } from '../../aggregate/differences/order.ts';
import { commonDetail, grouped, partsOf } from '../../aggregate/differences/parts.ts';
import type { Filter } from '../../aggregate/filter/compile.ts';
import type { SortKey } from '../../aggregate/sort.ts';
import { isSummable, type NumberColumn } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import type { Detail } from '../../model/detail.ts';
import type { Difference, Pair, Part } from '../../model/difference.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Mapping } from '../../model/mapping.ts';
import { isSameProcess, type Sample } from '../../model/sample.ts';
import { classifiedSample } from '../../sources/classified-reader.ts';
import type { ComparedBy, ComparedSide, Comparison } from './comparison.ts';
import type { SideSample } from './pair-sides.ts';

/** What a comparison is to show; the same for all processes that are compared. */
export interface DiffRequest {
  /** Columns that can be added up, one or more. */
  readonly columns: readonly NumberColumn[];
  /** What rows are sorted by; without keys the largest change in the first column comes first. */
  readonly sort: readonly SortKey[];
  /** Lets a mapping pass; all do where it is not there. */
  readonly filter: Filter | undefined;
  readonly groupBy: Grouping | undefined;
  readonly top: number | undefined;
  /** Also rows in which none of the columns changed. */
  readonly unchanged: boolean;
}

/** What rows can be grouped by, where they hold this much. */
const GROUPINGS_OF: Readonly<Record<Detail, readonly (Grouping | undefined)[]>> = {
  all: [undefined, 'mapping', 'kind', 'mode'],
  mapping: [undefined, 'mapping'],
  kind: [undefined, 'kind'],
  total: [undefined],
};

/** Whether a side that holds this much can be shown grouped so. */
export function canGroup(detail: Detail, groupBy: Grouping | undefined): boolean {
  return GROUPINGS_OF[detail].includes(groupBy);
}

/** Compares a process with what it was, or with another. Both sides `canGroup` as asked for. */
export function compareSamples(
  before: SideSample,
  after: SideSample,
  request: DiffRequest,
): Comparison {
  const sides = { before: before.sample, after: after.sample };
  const by = comparedBy(sides, request.groupBy);
  const columns = request.columns.map((column) => comparedColumn(column, sides));
  const sums = columns.map(() => new ChangeSum());
  const all = differencesOf(pairsOf(sides, by, request), columns, sums);
  const changed = all.filter(hasChanged);
  const rows = ordered(request.unchanged ? all : changed, ordersOf(request, sides));
  const shown = rows.slice(0, request.top);
  const hidden = rows.slice(shown.length);
  return {
    before: sideOf(before),
    after: sideOf(after),
    by,
    columns: request.columns,
    rows: shown,
    more: { count: hidden.length, changes: columns.map((_, i) => addedUp(hidden, i)) },
    unchanged: all.length - changed.length,
    totals: sums.map(({ total }) => total),
    growth: growthOf(all, mainColumn(request), sides, request.columns),
  };
}

function sideOf({ sample, source, moment, takenAtMs }: SideSample): ComparedSide {
  return { head: sample.head, source, moment, takenAtMs };
}

interface Sides {
  readonly before: Sample;
  readonly after: Sample;
}

/** Whether addresses mean the same on both sides; a saved map, which tells no process, is trusted. */
function isOneProcess({ before, after }: Sides): boolean {
  return before.head.pid === 0 || after.head.pid === 0 || isSameProcess(before.head, after.head);
}

function comparedBy({ before, after }: Sides, groupBy: Grouping | undefined): ComparedBy {
  const detail = commonDetail(before.detail, after.detail);
  if (groupBy !== undefined) return groupBy;
  return detail === 'all' ? 'address' : detail;
}

function pairsOf(sides: Sides, by: ComparedBy, { filter }: DiffRequest): Pair[] {
  const { before, after } = sides;
  const detail = commonDetail(before.detail, after.detail);
  const parts = [
    partsOf(classifiedSample(before), detail),
    partsOf(classifiedSample(after), detail),
  ] as const;
  const matched =
    detail === 'all'
      ? matchMappings(...parts, { isSameProcess: isOneProcess(sides) })
      : matchGroups(...parts, keyOf(detail));
  const kept = filter === undefined ? matched : matched.filter(passes(filter, sides));
  return detail === 'all' && by !== 'address' ? groupPairs(kept, by, sides) : kept;
}

/** Groups both sides of pairs; what became of each mapping is no matter then. */
function groupPairs(pairs: readonly Pair[], by: Exclude<ComparedBy, 'address'>, sides: Sides) {
  const before = pairs.flatMap((pair) => pair.before ?? []);
  const after = pairs.flatMap((pair) => pair.after ?? []);
  return matchGroups(grouped(before, by, sides.before), grouped(after, by, sides.after), keyOf(by));
}

function keyOf(by: ComparedBy): (part: Part) => string {
  if (by === 'kind') return ({ mapping }) => mapping.kind ?? '';
  if (by === 'mode') return ({ mapping }) => mapping.perms;
  return ({ owner }) => owner;
}

/** A pair passes with either of its sides: what grew over a limit did not appear. */
function passes(filter: Filter, { before, after }: Sides): (pair: Pair) => boolean {
  const [namesBefore, namesAfter] = [namesOf(before), namesOf(after)];
  return (pair) =>
    (pair.before !== undefined && filter.test(pair.before.mapping, namesBefore)) ||
    (pair.after !== undefined && filter.test(pair.after.mapping, namesAfter));
}

function namesOf({ head, isSharedMemoryDevice }: Sample): NameRule {
  const { startStack } = head;
  return { showPath: false, useKernelName: true, startStack, isSharedMemoryDevice };
}

/** The column that growth is counted in: the first that rows are sorted by, or that is shown. */
function mainColumn({ sort: [first], columns }: DiffRequest): NumberColumn {
  const [shown] = columns;
  if (first !== undefined && isSummable(first.column)) return first.column;
  if (shown === undefined) throw new Error('a comparison without columns');
  return shown;
}

function growthOf(
  all: readonly Difference[],
  column: NumberColumn,
  sides: Sides,
  columns: readonly NumberColumn[],
) {
  const changeIn = changeReader(column, sides, columns);
  let largest = 0;
  let isKnown = true;
  for (const row of all) {
    const change = changeIn(row);
    if (change === undefined) isKnown = false;
    else largest = Math.max(largest, change);
  }
  return { column, largest, isKnown };
}

/** Gives a row's change in a column, be it one of those that were compared or not. */
function changeReader(column: NumberColumn, sides: Sides, compared: readonly NumberColumn[]) {
  const index = compared.findIndex(({ id }) => id === column.id);
  const own = comparedColumn(column, sides);
  return ({ pair, changes }: Difference) =>
    (index < 0 ? changeOf(pair, own) : changes[index])?.change;
}

/** A column on both sides. */
function comparedColumn(column: NumberColumn, { before, after }: Sides): ComparedColumn {
  return { column, before: numberIn(column, before), after: numberIn(column, after) };
}

/** Totals alone know neither addresses nor the number of mappings. */
function numberIn(column: NumberColumn, { detail }: Sample) {
  if (detail === 'total' && column.fields.length === 0) return () => undefined;
  return (mapping: Mapping) => column.value(mapping);
}

function ordersOf({ sort, columns }: DiffRequest, sides: Sides): Order[] {
  const byChange = (column: NumberColumn, direction: Direction): Order => {
    return { by: 'change', change: changeReader(column, sides, columns), direction };
  };
  if (sort.length === 0) return columns.slice(0, 1).map((column) => byChange(column, 'size'));
  const names = namesOf(sides.after);
  return sort.map(({ column, isDescending }) => {
    const direction = isDescending ? 'descending' : 'ascending';
    return isSummable(column)
      ? byChange(column, direction)
      : { by: 'fact', column, names, direction };
  });
}

function addedUp(rows: readonly Difference[], index: number) {
  const sum = new ChangeSum();
  for (const { pair, changes } of rows) {
    const change = changes[index];
    if (change !== undefined) sum.add(pair, change);
  }
  return sum.part;
}
