import { HeaderLine } from '../maps/header-line.ts';

/** What a saved text looks like by its beginning. */
export interface SavedFormat {
  readonly kind: 'maps' | 'smaps';
  /** Every line ends with CR and newline: the file came through Windows. */
  readonly isCrlf: boolean;
}

/** What a text that is no map begins with, as one line of printable ASCII. */
export interface UnknownFormat {
  readonly found: string;
}

const FOUND_CHARACTERS = 60;
const UTF16_MARKS = ['\xff\xfe', '\xfe\xff'];
const FIELD = /^[^ :]+:/;

/**
 * Tells maps from smaps by the beginning of a text, which is to hold a few whole lines.
 *
 * The first line has to be a mapping's; a line `Key: ...` behind it makes the text smaps. A mapping's
 * name may end with a CR of its own, so a text is taken for CRLF only where all its lines end so.
 */
export function detectSavedFormat(beginning: Buffer): SavedFormat | UnknownFormat {
  const text = beginning.toString('latin1');
  const lines = text.split('\n');
  const first = lines[0] ?? '';
  if (UTF16_MARKS.some((mark) => text.startsWith(mark))) return { found: 'UTF-16 text' };
  if (!isHeader(first)) return { found: `'${printable(first)}'` };
  if (first.replace(/\r$/, '').endsWith(' [rollup]')) {
    return { found: 'totals only (smaps_rollup)' };
  }
  const whole = lines.slice(0, -1);
  return {
    kind: lines.some((line) => FIELD.test(line) && !isHeader(line)) ? 'smaps' : 'maps',
    isCrlf: whole.length > 0 && whole.every((line) => line.endsWith('\r')),
  };
}

function isHeader(line: string): boolean {
  return new HeaderLine().parse(Buffer.from(`${line.replace(/\r$/, '')}\n`, 'latin1'), 0);
}

/** Whatever the file is, its bytes must not reach a terminal as they are. */
function printable(line: string): string {
  return line
    .slice(0, FOUND_CHARACTERS)
    .replace(/[^\x20-\x7e]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
