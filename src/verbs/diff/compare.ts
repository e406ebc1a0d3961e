import {
  ChangeSum,
  type ComparedColumn,
  changeOf,
} from '../../aggregate/differences/change-sum.ts';
import { differencesOf, hasChanged } from '../../aggregate/differences/differences.ts';
import { matchGroups, matchMappings } from '../../aggregate/differences/match.ts';
import { type Order, ordered } from '../../aggregate/differences/order.ts';
import { commonDetail, grouped, partsOf } from '../../aggregate/differences/parts.ts';
import { compileFilter, type Filter } from '../../aggregate/filter/compile.ts';
import { findColumn } from '../../columns/catalogue.ts';
import { isSummable, type NumberColumn } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import type { Detail } from '../../model/detail.ts';
import type { Difference, Pair, Part } from '../../model/difference.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Mapping } from '../../model/mapping.ts';
import { isSameProcess, type Sample } from '../../model/sample.ts';
import { finder } from '../../sources/row-pipeline.ts';
import type { ComparedBy, ComparedSide, Comparison } from './comparison.ts';
import type { SideSample } from './pair-sides.ts';

/** What a comparison is to show, as the user wrote it; checked when the command line was. */
export interface DiffRequest {
  /** Names of columns that can be added up. */
  readonly columns: readonly string[];
  /** A column, with `-` in front the largest first; by default the first of the columns. */
  readonly sort: string | undefined;
  readonly filter: string | undefined;
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
  const columns = request.columns.map((id) => comparedColumn(id, sides));
  const sums = columns.map(() => new ChangeSum());
  const all = differencesOf(pairsOf(sides, by, request), columns, sums);
  const changed = all.filter(hasChanged);
  const rows = ordered(request.unchanged ? all : changed, orderOf(request, sides));
  const shown = rows.slice(0, request.top);
  const hidden = rows.slice(shown.length);
  return {
    before: sideOf(before),
    after: sideOf(after),
    by,
    columns: columns.map(({ column }) => column),
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
  const parts = [partsOf(before, detail), partsOf(after, detail)] as const;
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
function passes(text: string, { before, after }: Sides): (pair: Pair) => boolean {
  const left = sideTest(text, before);
  const right = sideTest(text, after);
  return (pair) =>
    (pair.before !== undefined && left(pair.before.mapping)) ||
    (pair.after !== undefined && right(pair.after.mapping));
}

function sideTest(text: string, sample: Sample): (mapping: Mapping) => boolean {
  const filter: Filter = compileFilter(text, finder(sample.vocabulary));
  const names = namesOf(sample);
  return (mapping) => filter.test(mapping, names);
}

function namesOf({ head, isSharedMemoryDevice }: Sample): NameRule {
  const { startStack } = head;
  return { showPath: false, useKernelName: true, startStack, isSharedMemoryDevice };
}

/** The column that growth is counted in: the one that rows are sorted by, or the first. */
function mainColumn({ sort, columns }: DiffRequest): string {
  const name = sort?.replace(/^-/, '');
  const column = name === undefined ? undefined : findColumn(name);
  const isKnownFact = column !== undefined && !isSummable(column);
  return name === undefined || isKnownFact ? (columns[0] ?? 'rss') : name;
}

function growthOf(all: readonly Difference[], id: string, sides: Sides, ids: readonly string[]) {
  const { column } = comparedColumn(id, sides);
  const changeIn = changeReader(id, sides, ids);
  let largest = 0;
  let isKnown = true;
  for (const row of all) {
    const change = changeIn(row);
    if (change === undefined) isKnown = false;
    else largest = Math.max(largest, change);
  }
  return { column, largest, isKnown };
}

/** Gives a row's change in a column, be it one of those with these ids that were compared or not. */
function changeReader(id: string, sides: Sides, ids: readonly string[]) {
  const compared = comparedColumn(id, sides);
  const index = ids.indexOf(compared.column.id);
  return ({ pair, changes }: Difference) =>
    (index < 0 ? changeOf(pair, compared) : changes[index])?.change;
}

/** A column as each side's reading has it; without values where a side does not know it. */
export function comparedColumn(id: string, { before, after }: Sides): ComparedColumn {
  const left = numberColumn(id, before);
  const right = numberColumn(id, after);
  const column = left ?? right;
  if (column === undefined) throw new Error(`no column of numbers: ${id}`);
  return { column, before: numberIn(left, before), after: numberIn(right, after) };
}

function numberColumn(id: string, { vocabulary }: Sample): NumberColumn | undefined {
  const column = findColumn(id, vocabulary);
  return column !== undefined && isSummable(column) ? column : undefined;
}

/** Totals alone know neither addresses nor the number of mappings. */
function numberIn(column: NumberColumn | undefined, { detail }: Sample) {
  if (column === undefined || (detail === 'total' && column.fields.length === 0)) {
    return () => undefined;
  }
  return (mapping: Mapping) => column.value(mapping);
}

function orderOf({ sort, columns }: DiffRequest, sides: Sides): Order {
  const [, sign = '', name = ''] = /^(-?)(.*)$/.exec(sort ?? columns[0] ?? '') ?? [];
  const direction = sign === '' ? 'ascending' : 'descending';
  const column =
    findColumn(name, sides.after.vocabulary) ?? findColumn(name, sides.before.vocabulary);
  if (column !== undefined && !isSummable(column)) {
    return { by: 'fact', column, names: namesOf(sides.after), direction };
  }
  const change = changeReader(name, sides, columns);
  return { by: 'change', change, direction: sort === undefined ? 'size' : direction };
}

function addedUp(rows: readonly Difference[], index: number) {
  const sum = new ChangeSum();
  for (const { pair, changes } of rows) {
    const change = changes[index];
    if (change !== undefined) sum.add(pair, change);
  }
  return sum.part;
}
