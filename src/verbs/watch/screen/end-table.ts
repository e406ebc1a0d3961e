import type { SizeStyle } from '../../../format/table/cell-text.ts';
import { plainLines } from '../../../format/table/plain-table.ts';
import { textTable } from '../../../format/table/text-table.ts';
import type { WidthOf } from '../../../format/text-width.ts';
import { visible } from '../../../format/visible.ts';
import { fromByteString } from '../../../model/byte-string.ts';
import { formatDuration } from '../../../model/units/duration.ts';
import type { Ending } from '../../../model/watch/watch-reading.ts';
import type { Watched } from '../../../model/watch/watched.ts';
import type { Glyphs } from '../../../terminal/glyphs.ts';
import { changeText, sizeText, slopeText, TITLES, UNITS } from '../figure-text.ts';

/** How the end table is written. */
export interface EndTableStyle {
  readonly sizes: SizeStyle;
  readonly widthOf: WidthOf;
  readonly glyphs: Glyphs;
}

/**
 * The table that stays on the terminal in the end: one figure of each process, a line each.
 *
 * @param forgotten the number of earlier processes, of which nothing is kept
 */
export function endLines(
  endings: readonly Ending[],
  figure: Watched,
  forgotten: number,
  { sizes, widthOf, glyphs }: EndTableStyle,
): string[] {
  if (endings.length === 0) return [];
  const unit = sizes === 'human' ? '' : ` ${UNITS[sizes]}`;
  const number = (title: string) => ({ id: title, title, kind: 'count' as const });
  const text = (title: string) => ({ id: title, title, kind: 'text' as const });
  const rows = endings.map(({ head, isGone, durationMs, courses }) => {
    const { peak, mean, growth, slope } = courses[figure];
    return [
      head.pid,
      sizeText(peak, sizes),
      sizeText(mean, sizes),
      changeText(growth, sizes),
      slopeText(slope, sizes, glyphs.plusMinus),
      `${isGone ? 'ended' : 'watched'} ${formatDuration(durationMs)}`,
      fromByteString(visible(head.comm, true)),
    ];
  });
  const columns = [
    number('PID'),
    number(`${TITLES[figure]} peak${unit}`),
    number('Mean'),
    number('Change'),
    number('Per minute'),
    text('For'),
    text('Command'),
  ];
  const lines = plainLines(textTable({ columns, rows }, sizes), widthOf);
  const before = forgotten > 0 ? [`${glyphs.ellipsis} and ${forgotten} before these`] : [];
  return [...lines, ...before];
}
