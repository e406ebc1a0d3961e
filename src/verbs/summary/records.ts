import { inBytes, machineName, type NumberColumn } from '../../columns/column.ts';
import { FIGURES } from '../../columns/figures.ts';
import type { FlatRecord, NestedRecord, RecordsDocument } from '../../format/machine/document.ts';
import { IDENTITY_NAMES, identityMembers, labelMembers } from '../../format/machine/identity.ts';
import type { Mapping } from '../../model/mapping.ts';
import { sumOver } from './tables.ts';
import type { ProcessSummary } from './view.ts';

const COLUMNS = FIGURES.map(({ column }) => column);

/** Summaries for programs: nested with their groups, or flat with one record for each process. */
export function summaryDocument(
  summaries: readonly ProcessSummary[],
  { origin, problems }: Pick<RecordsDocument, 'origin' | 'problems'>,
): RecordsDocument {
  return {
    schema: 'tsmap.summary/1',
    origin,
    members: () => ({
      processes: summaries.map((summary) => ({ ...processRecord(summary), ...groups(summary) })),
      totals: figureMembers((column) => sumOver(summaries, column)),
    }),
    records: () => summaries.map(processRecord),
    names: [...IDENTITY_NAMES, 'user', 'address_space_of', ...COLUMNS.map(machineName)],
    problems,
  };
}

/** A process and its figures. */
function processRecord({ head, user, addressSpaceOf, totals }: ProcessSummary): FlatRecord {
  return {
    ...identityMembers(head),
    user,
    address_space_of: addressSpaceOf,
    ...figureMembers((column) => bytesOf(column, totals(column))),
  };
}

/** The groups of a process's mappings, each with its figures. */
function groups({ kinds, owners }: ProcessSummary): NestedRecord {
  return {
    by_kind: kinds.map((group) => ({ kind: group.kind, ...groupFigures(group) })),
    by_mapping: owners.map((group) => ({ ...labelMembers(group.name), ...groupFigures(group) })),
  };
}

function groupFigures(group: Mapping): FlatRecord {
  return figureMembers((column) => bytesOf(column, column.value(group)));
}

function figureMembers(figureOf: (column: NumberColumn) => number | undefined): FlatRecord {
  return Object.fromEntries(COLUMNS.map((column) => [machineName(column), figureOf(column)]));
}

function bytesOf(column: NumberColumn, value: number | undefined): number | undefined {
  return value === undefined ? undefined : inBytes(column, value);
}
