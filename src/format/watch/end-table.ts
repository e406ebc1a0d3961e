import { fromByteString } from '../../model/byte-string.ts';
import { formatDuration } from '../../model/duration.ts';
import type { Ending } from '../../model/moment.ts';
import type { Watched } from '../../model/watched.ts';
import type { SizeStyle } from '../table/cell-text.ts';
import { plainLines, type WidthOf } from '../table/plain-table.ts';
import { visible } from '../visible.ts';
import { changeText, sizeText, slopeText, UNITS } from './figure-text.ts';
import { TITLES } from './process-view.ts';

/** What stays on the terminal: a line for each process, of one figure. */
export function endLines(
  endings: readonly Ending[],
  figure: Watched,
  { sizes, widthOf, plusMinus }: { sizes: SizeStyle; widthOf: WidthOf; plusMinus: string },
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
      slopeText(slope, sizes, plusMinus),
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
  return plainLines({ columns, rows }, { sizes, widthOf });
}
