import { shortenLeft } from '../../../format/table/fit.ts';
import type { Mover } from '../../../model/watch/watch-reading.ts';
import { fixedColumn, gridLines } from '../../../terminal/grid.ts';
import { cutRight, type ScreenLine, segment } from '../../../terminal/line.ts';
import { sizeText } from '../figure-text.ts';
import { changeCell, type Drawing, nameOf } from './process-view.ts';

const INDENT = 4;

/**
 * Draws the movers of a process, a line each below a heading: resident memory, its change since the
 * previous reading, and since the first one.
 */
export function moverLines(
  movers: readonly Mover[],
  title: string,
  drawing: Drawing,
): ScreenLine[] {
  if (movers.length === 0) return [];
  const { sizes, widthOf } = drawing;
  const dim = (text: string) => segment(text, 'dim');
  const now = movers.map(({ figures }) => segment(sizeText(figures.rss, sizes)));
  const change = movers.map(({ changes }) => changeCell(changes.rss, drawing));
  const growth = movers.map(({ rssGrowth }) => changeCell(rssGrowth, drawing));
  const columns = [
    fixedColumn(dim('RSS'), now, { rank: 1, least: 8 }, widthOf),
    fixedColumn(dim('Change'), change, { rank: 2, least: 8 }, widthOf),
    fixedColumn(dim('In all'), growth, { rank: 3, least: 8 }, widthOf),
    {
      title: dim(title),
      isLeft: true,
      rank: 0,
      least: 8,
      most: Number.POSITIVE_INFINITY,
      cells: (width: number) =>
        movers.map(({ label }) => segment(shortened(nameOf(label, drawing), width, drawing))),
    },
  ];
  const indent = segment(' '.repeat(INDENT));
  const lines = gridLines(columns, movers.length, drawing.width - INDENT, widthOf);
  return lines.map((line) => [indent, ...line]);
}

/** Shortened from the left: the end of a path says more than its beginning. */
function shortened(name: string, width: number, { glyphs, widthOf }: Drawing): string {
  if (!glyphs.isAscii) return shortenLeft(name, width, widthOf);
  return name.length <= width ? name : cutRight(`...${name.slice(3 - width)}`, width, widthOf);
}
