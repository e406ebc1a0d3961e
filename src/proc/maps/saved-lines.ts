import { fileError } from '../../model/errors/file-error.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { isWhiteSpace, lineEnd, startsWith } from '../source/bytes.ts';
import type { NotesCollector } from './mapping-reader.ts';
import type { ByteWindow } from './window.ts';

/** Begins a heading in a saved text, such as `==> /proc/123/smaps <==`, which tail(1) -v prints. */
const HEADING = Buffer.from('==> ');
/**
 * The longest record: that of the kernel has a name of at most 4,096 bytes, each escaped to at most four,
 * and some thirty fields. Anything longer is no record, and must not fill the memory.
 */
const MAX_RECORD_BYTES = 1024 * 1024;

/**
 * Reads more of a record that does not end in the window. `line` is the number of its first line.
 *
 * @throws ProblemError when the record is longer than any that a kernel prints.
 */
export function growWindow(source: ByteSource, window: ByteWindow, line: number): void {
  if (window.end - window.pos < MAX_RECORD_BYTES) {
    window.fill();
    return;
  }
  const message = `the record that begins in line ${line} is longer than 1 MiB, so this is no maps or smaps file`;
  throw fileError(source.path, message);
}

/** Whether the line at `at` is a heading. */
export function isHeading(bytes: Uint8Array, at: number): boolean {
  return startsWith(bytes, at, HEADING);
}

/** Whether there is nothing but white space from `at` to `eol`. */
export function isBlankLine(bytes: Uint8Array, at: number, eol: number): boolean {
  for (let i = at; i < eol; i++) if (!isWhiteSpace(bytes[i])) return false;
  return true;
}

/**
 * Moves past blank lines of a saved text; false at its end and before a heading. Counts the lines in
 * `notes`.
 */
export function beginsSavedMapping(
  source: ByteSource,
  window: ByteWindow,
  notes: NotesCollector,
): boolean {
  for (;;) {
    const eol = lineInWindow(source, window, notes.lines + 1);
    if (window.pos >= window.end) return false;
    if (!isBlankLine(window.bytes, window.pos, eol)) return !isHeading(window.bytes, window.pos);
    window.pos = Math.min(eol + 1, window.end);
    notes.lines++;
  }
}

/** Reads until the window holds the line at its position, and returns where that ends. */
export function lineInWindow(source: ByteSource, window: ByteWindow, line: number): number {
  for (;;) {
    const eol = window.pos < window.end ? lineEnd(window.bytes, window.pos) : window.end;
    if (eol < window.end || window.atEof) return eol;
    growWindow(source, window, line);
  }
}
