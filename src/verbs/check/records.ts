import { machineName } from '../../columns/column.ts';
import { exactBytes, nameText } from '../../columns/machine.ts';
import type { ReportOrigin } from '../../format/report.ts';
import type { Problem } from '../../model/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { Verdict } from './limits.ts';

/** One limit that was checked, in the units that `figure` names: sizes in bytes. */
export type CheckRecord = Readonly<Record<string, unknown>>;

/** The names of a record, in its order: a header for formats that need one. */
export const CHECK_NAMES: readonly string[] = [
  'pid',
  'comm',
  'figure',
  'window_ms',
  'measured_ms',
  'value',
  'warn',
  'max',
  'level',
  'exceeded',
];

/** The limits of one process; `window_ms` and `measured_ms` are there for growth alone. */
export function checkRecords(head: ProcessHead, verdicts: readonly Verdict[]): CheckRecord[] {
  return verdicts.map(({ limit, value, measuredMs, level }) => ({
    pid: head.pid,
    comm: nameText(head.comm),
    comm_base64: exactBytes(head.comm),
    figure: machineName(limit.column),
    window_ms: limit.windowMs,
    measured_ms: measuredMs,
    value,
    warn: limit.warn,
    max: limit.max,
    level,
    exceeded: level === 'exceeded',
  }));
}

/** The whole document of `--format json`. */
export function checkDocument(
  records: readonly CheckRecord[],
  problems: readonly Problem[],
  { takenAt, host, kernel }: ReportOrigin,
): CheckRecord {
  return {
    schema: 'tsmap.check/1',
    taken_at: takenAt,
    host,
    kernel,
    exceeded: records.some(({ exceeded }) => exceeded === true),
    checks: records,
    problems: problems.map(({ pid, code, message }) => ({ pid, code, message })),
  };
}
