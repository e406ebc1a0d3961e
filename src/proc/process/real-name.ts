import { readlinkSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import { processPath, readProcessTextIfReadable } from './process-file.ts';

/** The most bytes of a name that the kernel keeps (TASK_COMM_LEN without the NUL; proc_pid_comm(5)). */
export const COMM_BYTES = 15;

/**
 * The name of a program whose `comm` the kernel has cut: that of the file it runs, else what its command
 * line begins with, else the script that an interpreter runs. Undefined if `comm` is whole, or none of
 * these begins with it: a process may call itself anything.
 */
export function realName(root: string, pid: number, comm: ByteString): ByteString | undefined {
  if (comm.length !== COMM_BYTES) return undefined;
  const isName = (name: string) => name.startsWith(comm);
  const file = lastPart(executable(root, pid));
  if (isName(file)) return file;
  const args = (readProcessTextIfReadable(root, pid, 'cmdline') ?? '').split('\0', 3);
  return args.map(lastPart).find(isName);
}

/** The path of the program; empty if it may not be read (ptrace(2) rights) or there is none. */
function executable(root: string, pid: number): ByteString {
  try {
    return readlinkSync(processPath(root, pid, 'exe'), 'latin1').replace(/ \(deleted\)$/, '');
  } catch {
    return '';
  }
}

function lastPart(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf('/') + 1);
}
