import { type FormatName, formatOf } from '../../cli/options/shared-options.ts';
import { printDocument } from '../../cli/output/print-document.ts';
import { printBytes } from '../../cli/output/stdout.ts';
import { keepThresholdStatus } from '../../cli/output/threshold-status.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { readMaxMapCount } from '../../proc/system.ts';
import { originOf } from '../../sources/open-sources.ts';
import type { CheckedProcess } from './check-processes.ts';
import { NAGIOS, nagiosLine, nagiosState } from './nagios.ts';
import type { CheckOptions } from './options.ts';
import { checkDocument } from './records.ts';
import { breachLine } from './verdict-text.ts';

/** Result of a check. */
export interface CheckResult {
  readonly options: CheckOptions;
  readonly root: string;
  /** The ids of processes that were given by number. */
  readonly listed: ReadonlySet<number>;
  readonly processes: readonly CheckedProcess[];
  readonly problems: readonly Problem[];
  /** One message for each process or figure that could not be checked. */
  readonly failures: readonly string[];
  readonly status: number;
}

/**
 * Writes the result of a check and returns the exit status.
 *
 * @throws WriteError if no limit is exceeded, or with --format nagios.
 */
export async function reportCheck(result: CheckResult): Promise<number> {
  const { options, status } = result;
  const format = formatOf(options);
  if (format === 'nagios') return reportAsPlugin(result);
  await keepThresholdStatus(status, () => write(format, result));
  return status;
}

async function write(
  format: FormatName,
  { options, processes, problems, root }: CheckResult,
): Promise<void> {
  if (format === 'text') {
    if (!options.quiet) printBytes(breachLines(processes));
    return;
  }
  const origin = () => originOf(root, undefined);
  await printDocument(format, checkDocument(processes, { origin, problems }));
}

function reportAsPlugin({ processes, failures, problems, root, listed }: CheckResult): number {
  const found = [...processes.map(({ head }) => head.askedPid), ...problems.map(({ pid }) => pid)];
  const isSingleProcess = new Set([...listed, ...found]).size <= 1;
  const result = { processes, failures, isSingleProcess, maxMapCount: readMaxMapCount(root) };
  printBytes(nagiosLine(result));
  return NAGIOS[nagiosState(result)];
}

/** A line for each breach of a limit. */
function breachLines(processes: readonly CheckedProcess[]): ByteString {
  const lines = processes.flatMap(({ head, verdicts }) =>
    verdicts
      .filter(({ level }) => level !== 'ok')
      .map((verdict) => {
        const warning = verdict.level === 'warning' ? 'warning: ' : '';
        return `tsmap: ${warning}${breachLine(head, verdict)}\n`;
      }),
  );
  return lines.join('');
}
