import { machineName } from '../../columns/column.ts';
import type { FlatRecord, RecordsDocument } from '../../format/machine/document.ts';
import { IDENTITY_NAMES, identityMembers } from '../../format/machine/identity.ts';
import type { CheckedProcess } from './check-processes.ts';

/** The names of the members of a record, in order. */
const NAMES: readonly string[] = [
  ...IDENTITY_NAMES,
  'figure',
  'window_ms',
  'measured_ms',
  'value',
  'warn',
  'max',
  'level',
  'exceeded',
];

/** The result of a check for programs: one record for each limit of each process. */
export function checkDocument(
  processes: readonly CheckedProcess[],
  { origin, problems }: Pick<RecordsDocument, 'origin' | 'problems'>,
): RecordsDocument {
  const records = processes.flatMap(recordsOf);
  return {
    schema: 'tsmap.check/1',
    origin,
    members: () => ({
      exceeded: records.some(({ exceeded }) => exceeded === true),
      checks: records,
    }),
    records: () => records,
    names: NAMES,
    problems,
  };
}

/** The name of the figure contains the unit. Only growth has `window_ms` and `measured_ms`. */
function recordsOf({ head, verdicts }: CheckedProcess): FlatRecord[] {
  return verdicts.map(({ limit, value, measuredMs, level }) => ({
    ...identityMembers(head),
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
