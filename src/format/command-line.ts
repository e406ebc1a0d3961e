import type { ByteString } from '../model/byte-string.ts';
import type { ProcessHead } from '../model/process.ts';
import { visible } from './visible.ts';

/**
 * A process's command line on one line: arguments joined by one blank, newlines as blanks. Without
 * arguments it is the program's name in brackets, as ps shows kernel threads and zombies.
 */
export function commandLine(head: ProcessHead, onTerminal: boolean): ByteString {
  if (head.cmdline === '') {
    return visible(`[${head.comm}]${head.state === 'Z' ? ' <defunct>' : ''}`, onTerminal);
  }
  const joined = withoutEnd(head.cmdline).replaceAll('\0', ' ').replaceAll('\n', ' ');
  return joined === '' ? '?' : visible(joined, onTerminal);
}

/** Drops the closing NULs; where a process overwrote them, one blank at the end goes instead. */
function withoutEnd(cmdline: ByteString): ByteString {
  if (!cmdline.endsWith('\0')) return cmdline.replace(/[ \n]$/, '');
  // No regular expression: one that looks for NULs at the end takes the square of their number.
  let end = cmdline.length;
  while (cmdline[end - 1] === '\0') end--;
  return cmdline.slice(0, end);
}
