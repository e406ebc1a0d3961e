import { visible } from '../../format/visible.ts';
import { toByteString } from '../../model/byte-string.ts';
import { EXIT } from '../exit-status.ts';
import { sinkTo } from './sink.ts';

const STDERR = 2;

/**
 * Says something on stderr, one line each with the program's name before it. What came from outside
 * in it (names, arguments, file contents) cannot reach into the terminal.
 */
export function complain(program: string, ...messages: readonly string[]): void {
  const lines = messages.map((message) => `${program}: ${visible(toByteString(message), true)}\n`);
  writeLines(Buffer.from(lines.join(''), 'latin1'));
}

/** Writes a text on stderr as it is. */
export function writeStderr(text: string): void {
  writeLines(Buffer.from(text));
}

/** A stderr that takes nothing must not keep the report back; the status tells it instead. */
function writeLines(bytes: Uint8Array): void {
  try {
    sinkTo(STDERR)(bytes);
  } catch {
    process.exitCode = EXIT.failure;
  }
}
