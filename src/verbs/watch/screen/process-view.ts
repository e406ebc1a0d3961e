import type { SizeStyle } from '../../../format/table/cell-text.ts';
import type { WidthOf } from '../../../format/text-width.ts';
import { visible } from '../../../format/visible.ts';
import { type ByteString, fromByteString } from '../../../model/byte-string.ts';
import type { ProcessHead } from '../../../model/process.ts';
import type { Course, Mover, MoverGrouping, Slope } from '../../../model/watch-reading.ts';
import type { PerFigure } from '../../../model/watched.ts';
import type { Glyphs } from '../../../terminal/glyphs.ts';
import { type Segment, segment } from '../../../terminal/line.ts';
import { changeText, slopeText, UNITS } from '../figure-text.ts';

/** A process as a screen shows it. */
export interface ProcessView {
  readonly head: ProcessHead;
  readonly courses: PerFigure<Course>;
  /** What is shown below it. */
  readonly movers: readonly Mover[];
  /** What these are, and what a screen must show to show them. */
  readonly by: MoverGrouping | undefined;
  /** Of one that is gone: how long it was watched. */
  readonly ended?: { readonly durationMs: number } | undefined;
}

/** How things are drawn. */
export interface Drawing {
  readonly width: number;
  readonly sizes: SizeStyle;
  readonly glyphs: Glyphs;
  readonly widthOf: WidthOf;
}

/** What a slope is counted in. */
export function slopeTitle(sizes: SizeStyle): string {
  return sizes === 'human' ? 'Per minute' : `${UNITS[sizes]}/min`;
}

/** A name as a screen may show it. */
export function nameOf(name: ByteString, { glyphs }: Drawing): string {
  const text = fromByteString(visible(name, true));
  return glyphs.isAscii ? text.replace(/[^\x20-\x7e]/gu, '?') : text;
}

/** A change, which stands out where there is one. */
export function changeCell(bytes: number | undefined, { sizes }: Drawing): Segment {
  const tone = !bytes ? 'dim' : bytes > 0 ? 'rise' : 'fall';
  return segment(changeText(bytes, sizes), tone);
}

/** A slope, which stands out where it is surely one. */
export function slopeCell(slope: Slope | undefined, { sizes, glyphs }: Drawing): Segment {
  const isSure = slope !== undefined && Math.abs(slope.perMinute) > slope.margin;
  const tone = !isSure ? 'dim' : slope.perMinute > 0 ? 'rise' : 'fall';
  return segment(slopeText(slope, sizes, glyphs.plusMinus), tone);
}
