/** The characters that the screen is drawn with. */
export interface Glyphs {
  /** Bars of a sparkline, from the lowest value to the highest. */
  readonly levels: string;
  readonly ellipsis: string;
  readonly plusMinus: string;
  readonly isAscii: boolean;
}

/** For terminals in a UTF-8 locale. */
export const UNICODE_GLYPHS: Glyphs = {
  levels: '▁▂▃▄▅▆▇█',
  ellipsis: '…',
  plusMinus: '±',
  isAscii: false,
};

/** For any other terminal. */
export const ASCII_GLYPHS: Glyphs = {
  levels: '_.-:=+*#',
  ellipsis: '...',
  plusMinus: '+-',
  isAscii: true,
};

/**
 * The last `width` values as a row of bars, scaled from the lowest to the highest of them. Values
 * that do not change are a row of the lowest bars.
 */
export function sparkline(values: readonly number[], width: number, { levels }: Glyphs): string {
  const shown = width > 0 ? values.slice(-width) : [];
  const bars = Array.from(levels);
  const lowest = shown.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = shown.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const scale = highest > lowest ? (bars.length - 1) / (highest - lowest) : 0;
  return shown.map((value) => bars[Math.round((value - lowest) * scale)]).join('');
}

/** The glyphs that the characters of the user's locale allow. Source: locale(7). */
export function glyphsOfLocale(): Glyphs {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '') ? UNICODE_GLYPHS : ASCII_GLYPHS;
}
