import type { ByteString } from '../model/byte-string.ts';
import type { ProcessHead } from '../model/process.ts';
import { visible } from './visible.ts';

/**
 * The command line of a process on one line: arguments joined by blanks, newlines as blanks.
 * Without arguments it is the command name in brackets, as ps shows kernel threads and zombies.
 */
export function commandLine(head: ProcessHead, onTerminal: boolean): ByteString {
  if (head.cmdline === '') {
    return visible(`[${head.comm}]${head.state === 'Z' ? ' <defunct>' : ''}`, onTerminal);
  }
  const joined = withoutEnd(head.cmdline).replaceAll('\0', ' ').replaceAll('\n', ' ');
  return joined === '' ? '?' : visible(joined, onTerminal);
}

/** Drops the NULs at the end; if the process overwrote them, drops one blank at the end instead. */
function withoutEnd(cmdline: ByteString): ByteString {
  if (!cmdline.endsWith('\0')) return cmdline.replace(/[ \n]$/, '');
  // A regular expression for NULs at the end would take time quadratic in their number.
  let end = cmdline.length;
  while (cmdline[end - 1] === '\0') end--;
  return cmdline.slice(0, end);
}
