import { blanksFor } from '../format/table/align.ts';
import type { WidthOf } from '../format/text-width.ts';
import { cutRight, type ScreenLine, type Segment, segment } from './line.ts';

/** A column of a grid. */
export interface GridColumn {
  readonly title: Segment;
  /** Text stands at the left of its column, numbers at the right. */
  readonly isLeft: boolean;
  /** Where there is no room for all columns, those of the highest rank go first. */
  readonly rank: number;
  /** The least that it needs, and the most that it can use. */
  readonly least: number;
  readonly most: number;
  /** What stands in its rows when it is so wide. */
  cells(width: number): readonly Segment[];
}

const GAP = 2;

/** A column that is as wide as the widest of its cells, and at least `least`. */
export function fixedColumn(
  title: Segment,
  cells: readonly Segment[],
  { rank, isLeft = false, least = 0 }: { rank: number; isLeft?: boolean; least?: number },
  widthOf: WidthOf,
): GridColumn {
  const width = cells.reduce(
    (widest, { text }) => Math.max(widest, widthOf(text)),
    Math.max(least, widthOf(title.text)),
  );
  return { title, isLeft, rank, least: width, most: width, cells: () => cells };
}

/**
 * Rows below a heading, in as many of the columns as there is room for; what is left goes to those
 * that can use it. The heading is the first line.
 */
export function gridLines(
  columns: readonly GridColumn[],
  rowCount: number,
  width: number,
  widthOf: WidthOf,
): ScreenLine[] {
  const widths = columnWidths(columns, width);
  const shown = columns.filter((column) => widths.has(column));
  const rows = shown.map((column) => column.cells(widths.get(column) ?? 0));
  const line = (cellOf: (column: GridColumn, i: number) => Segment): ScreenLine =>
    shown.flatMap((column, i) => {
      const cell = cellOf(column, i);
      const isLast = i === shown.length - 1;
      const blanks = blanksFor(cell.text, widths.get(column) ?? 0, widthOf);
      const [before, after] = column.isLeft ? ['', blanks] : [blanks, ''];
      const gap = isLast ? '' : ' '.repeat(GAP);
      return [segment(before), cell, segment(isLast ? '' : after + gap)];
    });
  const heading = line(({ title }, i) => {
    const room = widths.get(shown[i] as GridColumn) ?? 0;
    return { ...title, text: cutRight(title.text, room, widthOf) };
  });
  return [
    heading,
    ...Array.from({ length: rowCount }, (_, r) => line((_, i) => rows[i]?.[r] ?? segment(''))),
  ];
}

function columnWidths(columns: readonly GridColumn[], width: number): Map<GridColumn, number> {
  const byRank = [...columns].sort((a, b) => a.rank - b.rank);
  const widths = new Map<GridColumn, number>();
  let room = width + GAP;
  for (const column of byRank) {
    const needed = column.least + GAP;
    // The first one is shown in any case: lines are cut to the screen at last.
    if (needed > room && widths.size > 0) continue;
    widths.set(column, column.least);
    room -= needed;
  }
  for (const column of byRank) {
    const has = widths.get(column);
    if (has === undefined || room <= 0) continue;
    const more = Math.min(room, column.most - has);
    widths.set(column, has + more);
    room -= more;
  }
  return widths;
}
