import { HeaderLine } from '../maps/header-line.ts';

/** The format of a saved text. */
export interface SavedFormat {
  readonly kind: 'maps' | 'smaps';
  /** Every line ends with CR and newline: the file went through Windows. */
  readonly isCrlf: boolean;
}

/** The format of any other text. */
export interface UnknownFormat {
  /** What it begins with, in printable ASCII, for messages. */
  readonly found: string;
}

const MAX_FOUND_CHARACTERS = 60;
const UTF16_MARKS = ['\xff\xfe', '\xfe\xff'];
const FIELD = /^[^ :]+:/;

/**
 * Detects the format of a text by its beginning, which should include a few whole lines.
 *
 * The first line must be a mapping; a later line `Key: ...` makes the text smaps. The name of a
 * mapping may itself end with a CR, so a text counts as CRLF only if all its lines end that way.
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

/** The file may be anything, so its bytes must not reach a terminal as they are. */
function printable(line: string): string {
  return line
    .slice(0, MAX_FOUND_CHARACTERS)
    .replace(/[^\x20-\x7e]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
