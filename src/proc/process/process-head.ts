import { existsSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';
import { processPath, readProcessText } from './process-file.ts';
import { readStat } from './stat.ts';
import { statusValue } from './status.ts';

/**
 * Reads what identifies a process from its stat, status and cmdline, which anyone may read. A copy
 * of /proc may lack the latter two.
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

/**
 * The text of a file of an existing process; empty if the file is missing, as in a copy of /proc.
 */
function optionalText(root: string, pid: number, file: string): ByteString {
  return existsSync(processPath(root, pid, file)) ? readProcessText(root, pid, file) : '';
}
