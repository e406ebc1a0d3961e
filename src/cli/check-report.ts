import type { CheckedProcess } from '../commands/check.ts';
import { NAGIOS, nagiosLine, nagiosState } from '../format/check/nagios.ts';
import { breachLine } from '../format/check/verdict-text.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Problem } from '../model/problem.ts';
import { readMaxMapCount } from '../proc/system.ts';
import type { CheckOptions } from './check-options.ts';
import { EXIT } from './exit-status.ts';
import { sinkTo } from './output.ts';
import { print } from './print.ts';
import { originOf } from './sources.ts';
import { complain } from './stderr.ts';

const STDOUT = 1;

/** What a check came to. */
export interface CheckOutcome {
  readonly options: CheckOptions;
  readonly root: string;
  readonly processes: readonly CheckedProcess[];
  readonly problems: readonly Problem[];
  /** What could not be checked, a text each. */
  readonly failures: readonly string[];
  readonly status: number;
}

/**
 * Writes what a check came to; the status to end with. A limit that is exceeded stays so where the
 * lines cannot be written: whoever acts on the status must not miss it because a disk is full.
 *
 * @throws WriteError where no limit is exceeded, or in the form of plugins.
 */
export async function reportCheck(outcome: CheckOutcome): Promise<number> {
  try {
    return await written(outcome);
  } catch (error) {
    const isTold = error instanceof Error && error.name === 'WriteError';
    if (!isTold || outcome.status !== EXIT.threshold || isPlugin(outcome)) throw error;
    complain('tsmap', error.message);
    return outcome.status;
  }
}

function isPlugin({ options }: CheckOutcome): boolean {
  return options.format === 'nagios';
}

async function written(outcome: CheckOutcome): Promise<number> {
  const { options, processes, root, status } = outcome;
  const format = options.json ? 'json' : (options.format ?? 'text');
  if (format === 'nagios') return reportAsPlugin(outcome);
  if (format === 'text') {
    if (!options.quiet) printBytes(textOf(processes));
    return status;
  }
  const { recordsText } = await import('./check-records.ts');
  print(recordsText(format, processes, outcome.problems, originOf(root, undefined)));
  return status;
}

function reportAsPlugin({ processes, failures, root }: CheckOutcome): number {
  const result = { processes, failures, maxMapCount: readMaxMapCount(root) };
  printBytes(nagiosLine(result));
  return NAGIOS[nagiosState(result)];
}

/** A line for each limit that is passed. */
function textOf(processes: readonly CheckedProcess[]): ByteString {
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

function printBytes(text: ByteString): void {
  sinkTo(STDOUT)(Buffer.from(text, 'latin1'));
}
