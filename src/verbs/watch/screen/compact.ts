import type { Watched } from '../../../model/watch/watched.ts';
import { sparkline } from '../../../terminal/glyphs.ts';
import { fixedColumn, type GridColumn, gridLines } from '../../../terminal/grid.ts';
import { cutRight, type ScreenLine, segment } from '../../../terminal/line.ts';
import { sizeText, TITLES } from '../figure-text.ts';
import type { Block } from './blocks.ts';
import {
  changeCell,
  type Drawing,
  nameOf,
  type ProcessView,
  slopeCell,
  slopeTitle,
} from './process-view.ts';

/** Draws many processes, a line each; change, peak, slope and sparkline are those of one figure. */
export function compactLines(
  processes: readonly ProcessView[],
  figure: Watched,
  drawing: Drawing,
): { readonly heading: ScreenLine; readonly blocks: Block[] } {
  const columns = processColumns(processes, figure, drawing);
  const { width, widthOf } = drawing;
  const [heading = [], ...lines] = gridLines(columns, processes.length, width, widthOf);
  const blocks = lines.map((line, i) => {
    const isGone = processes[i]?.ended !== undefined;
    return [isGone ? line.map(({ text }) => segment(text, 'dim')) : line];
  });
  return { heading, blocks };
}

function processColumns(
  processes: readonly ProcessView[],
  figure: Watched,
  drawing: Drawing,
): GridColumn[] {
  const { sizes, figures, widthOf, glyphs } = drawing;
  const courses = processes.map((one) => one.courses[figure]);
  const dim = (text: string) => segment(text, 'dim');
  const pids = processes.map(({ head }) => segment(String(head.pid)));
  const sizeColumn = (id: Watched, i: number) =>
    fixedColumn(
      segment(TITLES[id], id === figure ? 'bold' : 'dim'),
      processes.map((one) => segment(sizeText(one.courses[id].last, sizes))),
      { rank: id === figure ? 1 : 6 + i, least: 7 },
      widthOf,
    );
  const fixed = (title: string, rank: number, cells: Parameters<typeof fixedColumn>[1]) =>
    fixedColumn(dim(title), cells, { rank, least: 7 }, widthOf);
  return [
    fixedColumn(dim('PID'), pids, { rank: 0, least: 6 }, widthOf),
    ...figures.map(sizeColumn),
    fixed(
      'Change',
      3,
      courses.map(({ change }) => changeCell(change, drawing)),
    ),
    fixed(
      'Peak',
      4,
      courses.map(({ peak }) => segment(sizeText(peak, sizes))),
    ),
    fixed(
      slopeTitle(sizes),
      5,
      courses.map(({ slope }) => slopeCell(slope, drawing)),
    ),
    {
      title: dim('Over time'),
      isLeft: true,
      rank: 3.5,
      least: 9,
      most: 30,
      cells: (width) => courses.map(({ recent }) => segment(sparkline(recent, width, glyphs))),
    },
    commandColumn(processes, drawing),
  ];
}

function commandColumn(processes: readonly ProcessView[], drawing: Drawing): GridColumn {
  const texts = processes.map((one) => {
    const name = nameOf(one.head.comm, drawing);
    return one.ended === undefined ? name : `${name} (ended)`;
  });
  const { widthOf } = drawing;
  const widest = texts.reduce((most, text) => Math.max(most, widthOf(text)), 'Command'.length);
  return {
    title: segment('Command', 'dim'),
    isLeft: true,
    rank: 2,
    least: Math.min(widest, 7),
    most: widest,
    cells: (width) => texts.map((text) => segment(cutRight(text, width, widthOf))),
  };
}
