/** The characters that a view is drawn with. */
export interface Glyphs {
  /** From the lowest value to the highest. */
  readonly levels: string;
  readonly ellipsis: string;
  readonly plusMinus: string;
  readonly isAscii: boolean;
}

/** What terminals in a UTF-8 locale show. */
export const UNICODE_GLYPHS: Glyphs = {
  levels: '▁▂▃▄▅▆▇█',
  ellipsis: '…',
  plusMinus: '±',
  isAscii: false,
};

/** What every terminal shows. */
export const ASCII_GLYPHS: Glyphs = {
  levels: '_.-:=+*#',
  ellipsis: '...',
  plusMinus: '+-',
  isAscii: true,
};

/**
 * The last `width` values as a row of bars, the lowest of them at the bottom and the highest at the
 * top; what does not change is a row of the lowest bars.
 */
export function sparkline(values: readonly number[], width: number, { levels }: Glyphs): string {
  const shown = width > 0 ? values.slice(-width) : [];
  const bars = Array.from(levels);
  const lowest = shown.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = shown.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const scale = highest > lowest ? (bars.length - 1) / (highest - lowest) : 0;
  return shown.map((value) => bars[Math.round((value - lowest) * scale)]).join('');
}
