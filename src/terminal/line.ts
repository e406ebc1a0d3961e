import type { WidthOf } from '../format/text-width.ts';

/** The look of a piece of a line. */
export type Tone = 'plain' | 'dim' | 'bold' | 'rise' | 'fall' | 'alert';

/** A piece of a line that has one look. */
export interface Segment {
  readonly text: string;
  readonly tone: Tone;
}

/** A line of the screen. */
export type ScreenLine = readonly Segment[];

/** Gives a text the look of its tone; without colour the text stays as it is. */
export type TonePainter = (text: string, tone: Tone) => string;

/** Makes a piece of a line. */
export function segment(text: string, tone: Tone = 'plain'): Segment {
  return { text, tone };
}

/** A line as text: cut to the width of the screen, then painted. */
export function renderLine(
  line: ScreenLine,
  width: number,
  widthOf: WidthOf,
  paint: TonePainter,
): string {
  let room = width;
  let painted = '';
  for (const { text, tone } of line) {
    const shown = cutRight(text, room, widthOf);
    room -= widthOf(shown);
    if (shown !== '') painted += paint(shown, tone);
    if (shown.length < text.length) break;
  }
  return painted;
}

/** The beginning of a text, as much as fits into `width` columns. */
export function cutRight(text: string, width: number, widthOf: WidthOf): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > width) break;
    kept += character;
  }
  return kept;
}
