import { formatDuration } from '../../../model/units/duration.ts';
import { sparkline } from '../../../terminal/glyphs.ts';
import { fixedColumn, type GridColumn, gridLines } from '../../../terminal/grid.ts';
import { type ScreenLine, segment } from '../../../terminal/line.ts';
import { sizeText, TITLES } from '../figure-text.ts';
import {
  changeCell,
  type Drawing,
  nameOf,
  type ProcessView,
  slopeCell,
  slopeTitle,
} from './process-view.ts';

/** The lines of one process, which are kept together. */
export type Block = readonly ScreenLine[];

/** Draws few processes, each with a title and a line per figure. */
export function blockLines(
  processes: readonly ProcessView[],
  drawing: Drawing,
): { readonly heading: ScreenLine; readonly blocks: Block[] } {
  const perProcess = drawing.figures.length;
  const columns = figureColumns(processes, drawing);
  const count = processes.length * perProcess;
  const [heading = [], ...lines] = gridLines(columns, count, drawing.width, drawing.widthOf);
  const blocks = processes.map((one, i) => [
    titleOf(one, drawing),
    ...lines.slice(i * perProcess, (i + 1) * perProcess),
  ]);
  return { heading, blocks };
}

function titleOf({ head, ended }: ProcessView, drawing: Drawing): ScreenLine {
  const tone = ended === undefined ? 'bold' : 'dim';
  const end = ended === undefined ? '' : `  ended after ${formatDuration(ended.durationMs)}`;
  return [segment(`${head.pid} ${nameOf(head.comm, drawing)}`, tone), segment(end, 'dim')];
}

function figureColumns(processes: readonly ProcessView[], drawing: Drawing): GridColumn[] {
  const { sizes, figures, widthOf, glyphs } = drawing;
  const courses = processes.flatMap((one) => figures.map((id) => one.courses[id]));
  const dim = (text: string) => segment(text, 'dim');
  const size = (bytes: number | undefined) => segment(sizeText(bytes, sizes));
  const labels = processes.flatMap(() => figures.map((id) => segment(`  ${TITLES[id]}`)));
  const sizeColumn = (title: string, rank: number, pick: (i: number) => number | undefined) =>
    fixedColumn(
      dim(title),
      courses.map((_, i) => size(pick(i))),
      { rank, least: 8 },
      widthOf,
    );
  return [
    fixedColumn(dim(''), labels, { rank: 0, isLeft: true }, widthOf),
    sizeColumn('Now', 1, (i) => courses[i]?.last),
    fixedColumn(
      dim('Change'),
      courses.map(({ change }) => changeCell(change, drawing)),
      { rank: 2, least: 8 },
      widthOf,
    ),
    sizeColumn('Peak', 4, (i) => courses[i]?.peak),
    sizeColumn('Mean', 6, (i) => courses[i]?.mean),
    fixedColumn(
      dim(slopeTitle(sizes)),
      courses.map(({ slope }) => slopeCell(slope, drawing)),
      { rank: 5, least: 12 },
      widthOf,
    ),
    {
      title: dim('Over time'),
      isLeft: true,
      rank: 3,
      least: 10,
      most: 60,
      cells: (width) => courses.map(({ recent }) => segment(sparkline(recent, width, glyphs))),
    },
  ];
}
