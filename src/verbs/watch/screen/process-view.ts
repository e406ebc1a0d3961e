import type { SizeStyle } from '../../../format/table/cell-text.ts';
import type { WidthOf } from '../../../format/text-width.ts';
import { visible } from '../../../format/visible.ts';
import { type ByteString, fromByteString } from '../../../model/byte-string.ts';
import type { ProcessHead } from '../../../model/process.ts';
import type { Course, Mover, MoverGrouping, Slope } from '../../../model/watch/watch-reading.ts';
import type { PerFigure, Watched } from '../../../model/watch/watched.ts';
import type { Glyphs } from '../../../terminal/glyphs.ts';
import { type Segment, segment } from '../../../terminal/line.ts';
import { changeText, slopeText, UNITS } from '../figure-text.ts';

/** A process as the screen shows it. */
export interface ProcessView {
  readonly head: ProcessHead;
  readonly courses: PerFigure<Course>;
  /** Shown below the process. */
  readonly movers: readonly Mover[];
  /** How the movers are grouped; they are shown only if the display has the same grouping. */
  readonly by: MoverGrouping | undefined;
  /** Set if the process has exited: how long it was watched. */
  readonly ended?: { readonly durationMs: number } | undefined;
}

/** The means of drawing. */
export interface Drawing {
  readonly width: number;
  readonly sizes: SizeStyle;
  /** The figures that are shown. */
  readonly figures: readonly Watched[];
  readonly glyphs: Glyphs;
  readonly widthOf: WidthOf;
}

/** The heading of slopes, with their unit. */
export function slopeTitle(sizes: SizeStyle): string {
  return sizes === 'human' ? 'Per minute' : `${UNITS[sizes]}/min`;
}

/** A name as it is safe to show. */
export function nameOf(name: ByteString, { glyphs }: Drawing): string {
  const text = fromByteString(visible(name, true));
  return glyphs.isAscii ? text.replace(/[^\x20-\x7e]/gu, '?') : text;
}

/** A change, highlighted unless it is zero. */
export function changeCell(bytes: number | undefined, { sizes }: Drawing): Segment {
  const tone = !bytes ? 'dim' : bytes > 0 ? 'rise' : 'fall';
  return segment(changeText(bytes, sizes), tone);
}

/** A slope, highlighted if it is larger than its margin. */
export function slopeCell(slope: Slope | undefined, { sizes, glyphs }: Drawing): Segment {
  const isSure = slope !== undefined && Math.abs(slope.perMinute) > slope.margin;
  const tone = !isSure ? 'dim' : slope.perMinute > 0 ? 'rise' : 'fall';
  return segment(slopeText(slope, sizes, glyphs.plusMinus), tone);
}
