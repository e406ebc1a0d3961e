import { inBytes, machineName, type NumberColumn } from '../../columns/column.ts';
import { FIGURES } from '../../columns/figures.ts';
import type { ReportOrigin } from '../../format/report.ts';
import { fromByteString } from '../../model/byte-string.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Problem } from '../../model/problem.ts';
import { sumOver } from './tables.ts';
import type { ProcessSummary } from './view.ts';

/** A summary as the plain objects that machine formats write; sizes in bytes, absent left out. */
export type SummaryRecord = Readonly<Record<string, unknown>>;

const COLUMNS = FIGURES.map(({ column }) => column);

/** The whole document of `--format json`. */
export function summaryDocument(
  summaries: readonly ProcessSummary[],
  problems: readonly Problem[],
  { takenAt, host, kernel }: ReportOrigin,
): SummaryRecord {
  return {
    schema: 'tsmap.summary/1',
    taken_at: takenAt,
    host,
    kernel,
    processes: summaries.map((summary) => ({
      ...processRecord(summary),
      by_kind: summary.kinds.map((group) => ({ kind: group.kind, ...groupRecord(group) })),
      by_mapping: summary.owners.map((group) => ({
        name: fromByteString(group.name),
        ...groupRecord(group),
      })),
    })),
    totals: Object.fromEntries(
      COLUMNS.map((column) => [machineName(column), sumOver(summaries, column)]),
    ),
    problems: problems.map(({ pid, code, message }) => ({ pid, code, message })),
  };
}

/** One process: who it is, and its figures. */
export function processRecord({ head, user, totals }: ProcessSummary): SummaryRecord {
  const command = fromByteString(head.cmdline.replace(/\0$/, '').replaceAll('\0', ' '));
  return {
    pid: head.pid,
    user,
    comm: fromByteString(head.comm),
    ...(command === '' ? {} : { command }),
    ...figuresOf(totals),
  };
}

/** The names of a process's record, in its order: a header for formats that need one. */
export function recordNames(): string[] {
  return ['pid', 'user', 'comm', 'command', ...COLUMNS.map(machineName)];
}

function groupRecord(group: Mapping): SummaryRecord {
  return figuresOf((column) => column.value(group));
}

function figuresOf(numberOf: (column: NumberColumn) => number | undefined): SummaryRecord {
  return Object.fromEntries(
    COLUMNS.flatMap((column) => {
      const value = numberOf(column);
      return value === undefined ? [] : [[machineName(column), inBytes(column, value)]];
    }),
  );
}
