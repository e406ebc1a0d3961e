import { visible } from '../../format/visible.ts';
import { toByteString } from '../../model/byte-string.ts';
import { STDERR_FD } from '../../model/standard-streams.ts';
import { EXIT } from '../exit-status.ts';
import { sinkTo } from './sink.ts';

/**
 * Prints messages on stderr, one line each, after the program's name. Control characters in names,
 * arguments or file contents are replaced, so that none reaches the terminal.
 */
export function complain(program: string, ...messages: readonly string[]): void {
  const lines = messages.map((message) => `${program}: ${visible(toByteString(message), true)}\n`);
  writeLines(Buffer.from(lines.join(''), 'latin1'));
}

/** Writes a text to stderr as it is. */
export function writeStderr(text: string): void {
  writeLines(Buffer.from(text));
}

/** A failure to write to stderr must not hold back the report; only the exit status shows it. */
function writeLines(bytes: Uint8Array): void {
  try {
    sinkTo(STDERR_FD)(bytes);
  } catch {
    process.exitCode = EXIT.failure;
  }
}
