import { existsSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';
import { processPath, readProcessText } from './process-file.ts';
import { readStat } from './stat.ts';
import { statusValue } from './status.ts';

/**
 * Reads who a process is: stat, status and cmdline, which anyone may read. Copies of /proc may lack
 * the latter two.
 *
 * @throws ProblemError when there is no such process, or its files cannot be read.
 */
export function readProcessHead(root: string, askedPid: number): ProcessHead {
  const { pid, comm, state, startStack, startTimeTicks } = readStat(root, askedPid);
  const tgid = statusValue(optionalText(root, askedPid, 'status'), 'Tgid');
  return {
    pid: tgid === undefined ? pid : Number(tgid),
    askedPid,
    comm,
    state,
    cmdline: optionalText(root, askedPid, 'cmdline'),
    startStack,
    startTimeTicks,
  };
}

/** Empty where there is no such file, as in a copy of /proc; the process is there, its stat was read. */
function optionalText(root: string, pid: number, file: string): ByteString {
  return existsSync(processPath(root, pid, file)) ? readProcessText(root, pid, file) : '';
}
