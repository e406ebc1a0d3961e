import { sortRows } from '../../aggregate/sort.ts';
import { inBytes, machineName, type NumberColumn } from '../../columns/column.ts';
import type { FlatRecord, NestedRecord, RecordsDocument } from '../../format/machine/document.ts';
import {
  IDENTITY_NAMES,
  identityMembers,
  LABEL_NAMES,
  labelMembers,
} from '../../format/machine/identity.ts';
import type { Grouping } from '../../model/grouping.ts';
import type { Mapping } from '../../model/mapping.ts';
import { mergedGroups } from './merged-table.ts';
import { sortedProcesses, sumOver } from './tables.ts';
import type { ProcessSummary, SummaryView } from './view.ts';

/**
 * Summaries for programs: nested with their groups, or flat with one record for each process. With
 * --group-by, the groups of all processes together are the records.
 */
export function summaryDocument(
  summaries: readonly ProcessSummary[],
  view: SummaryView,
  { origin, problems }: Pick<RecordsDocument, 'origin' | 'problems'>,
): RecordsDocument {
  const { figures, groupBy } = view;
  const sorted = view.isSorted ? sortedProcesses(summaries, view) : summaries;
  const shown = view.isOne || groupBy !== undefined ? sorted : sorted.slice(0, view.top);
  const merged = groupBy === undefined ? undefined : groupRecords(summaries, view, groupBy);
  const total = (column: NumberColumn) => bytesOf(column, sumOver(summaries, column));
  return {
    schema: 'tsmap.summary/1',
    origin,
    members: () => ({
      processes: shown.map((summary) => ({
        ...processRecord(summary, figures),
        ...(merged === undefined ? groups(summary, view) : {}),
      })),
      ...(merged === undefined ? {} : { [`by_${groupBy}`]: merged }),
      totals: figureMembers(figures, total),
    }),
    records: () => merged ?? shown.map((summary) => processRecord(summary, figures)),
    names: [
      ...(groupBy === undefined
        ? [...IDENTITY_NAMES, 'user', 'address_space_of']
        : [...GROUP_NAMES[groupBy], 'processes']),
      ...(groupBy === undefined ? figures : figuresOfGroups(figures)).map(machineName),
    ],
    problems,
  };
}

/** The figures that groups of mappings have. */
function figuresOfGroups(figures: readonly NumberColumn[]): NumberColumn[] {
  return figures.filter(({ isOfProcess }) => isOfProcess !== true);
}

/** The members that say what a group consists of, in order. */
const GROUP_NAMES: Readonly<Record<Grouping, readonly string[]>> = {
  kind: ['kind'],
  mapping: LABEL_NAMES,
  mode: ['perms'],
};

function groupMembers({ name, kind, perms }: Mapping, by: Grouping): FlatRecord {
  if (by === 'mapping') return labelMembers(name);
  return by === 'kind' ? { kind } : { perms };
}

function groupRecords(
  summaries: readonly ProcessSummary[],
  view: SummaryView,
  by: Grouping,
): FlatRecord[] {
  return mergedGroups(summaries, view, by).map(({ group, processes }) => ({
    ...groupMembers(group, by),
    processes,
    ...groupFigures(group, view.figures),
  }));
}

/** A process and its figures. */
function processRecord(
  { head, user, addressSpaceOf, totals }: ProcessSummary,
  figures: readonly NumberColumn[],
): FlatRecord {
  return {
    ...identityMembers(head),
    user,
    address_space_of: addressSpaceOf,
    ...figureMembers(figures, (column) => bytesOf(column, totals(column))),
  };
}

/** The groups of a process's mappings, each with its figures; --top cuts those of a single process. */
function groups(
  { kinds, owners }: ProcessSummary,
  { figures, isOne, top, isSorted, sort }: SummaryView,
): NestedRecord {
  const inOrder = (list: readonly Mapping[]) =>
    isSorted || (isOne && top !== undefined)
      ? sortRows(list, sort, (group) => sort.map(({ column }) => column.value(group)))
      : list;
  const largest = inOrder(owners).slice(0, isOne ? top : undefined);
  const members = (group: Mapping, by: Grouping) => ({
    ...groupMembers(group, by),
    ...groupFigures(group, figures),
  });
  return {
    by_kind: inOrder(kinds).map((group) => members(group, 'kind')),
    by_mapping: largest.map((group) => members(group, 'mapping')),
  };
}

function groupFigures(group: Mapping, figures: readonly NumberColumn[]): FlatRecord {
  return figureMembers(figures, (column) => bytesOf(column, column.value(group)));
}

function figureMembers(
  figures: readonly NumberColumn[],
  figureOf: (column: NumberColumn) => number | undefined,
): FlatRecord {
  return Object.fromEntries(figures.map((column) => [machineName(column), figureOf(column)]));
}

function bytesOf(column: NumberColumn, value: number | undefined): number | undefined {
  return value === undefined ? undefined : inBytes(column, value);
}
