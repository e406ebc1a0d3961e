import { stripVTControlCharacters } from 'node:util';

/** The number of columns that a text takes on a terminal: wide characters take two. */
export type WidthOf = (text: string) => number;

const ASCII = /^[\x20-\x7e]*$/;

/** Whether `asciiWidth` can measure a text: printable ASCII, which may be coloured. */
function isAscii(text: string): boolean {
  return ASCII.test(text) || ASCII.test(stripVTControlCharacters(text));
}

/** The width of printable ASCII, which may be coloured. */
export const asciiWidth: WidthOf = (text) =>
  ASCII.test(text) ? text.length : stripVTControlCharacters(text).length;

/**
 * Returns a function that measures these texts. The library that knows all of Unicode takes 30 ms to
 * load, a fifth of the start, so it is loaded only if one of the texts needs it.
 */
export async function loadWidthOf(texts: Iterable<string>): Promise<WidthOf> {
  for (const text of texts) {
    if (!isAscii(text)) return (await import('./unicode-width.ts')).unicodeWidth;
  }
  return asciiWidth;
}
