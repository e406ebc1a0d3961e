import { DASH, lineEnd } from '../source/bytes.ts';
import { HeaderLine } from './header-line.ts';
import type { ByteWindow } from './window.ts';

/** Digits of an address within a page of 4 KiB. */
const PAGE_DIGITS = 3;

/**
 * Finds mappings that are listed twice in one reading. From Linux 6.17 on, a mapping that grows between
 * two reads of the file is listed again: the same start, a larger end. The later record replaces the
 * earlier one.
 */
export class DoubledMappings {
  readonly #later = new HeaderLine();

  /**
   * Whether the line at `next` is a mapping with the same start as the one at the window's position.
   * `startDigits` is the number of digits of that start. `unsure`: the window ends before that can be told, and the source has more.
   */
  isReplaced(
    { bytes, pos, end, atEof }: ByteWindow,
    next: number,
    startDigits: number,
  ): boolean | 'unsure' {
    // Behind the end are bytes of an earlier part of the file.
    if (next >= end) return atEof ? false : 'unsure';
    // Addresses of neighbours differ in their last digits before the page's zeros: one look settles most.
    const last = startDigits - 1 - PAGE_DIGITS;
    if (last >= 0 && next + last < end && bytes[pos + last] !== bytes[next + last]) return false;
    let length = 0;
    while (bytes[pos + length] === bytes[next + length] && bytes[pos + length] !== DASH) length++;
    const mayContinue = next + length >= end && !atEof;
    if (bytes[pos + length] !== bytes[next + length]) return mayContinue ? 'unsure' : false;
    if (lineEnd(bytes, next) >= end && !atEof) return 'unsure';
    // The totals of smaps_rollup may follow in a saved text; they are no mapping.
    return this.#later.parse(bytes, next) && this.#later.name !== '[rollup]';
  }
}
