import { blanksFor } from '../format/table/align.ts';
import type { WidthOf } from '../format/text-width.ts';
import { cutRight, type ScreenLine, type Segment, segment } from './line.ts';

/** A column of a grid. Widths are columns of the terminal. */
export interface GridColumn {
  readonly title: Segment;
  /** Whether cells are aligned to the left, as text is; numbers are aligned to the right. */
  readonly isLeft: boolean;
  /** If there is no room for all columns, the ones with the highest ranks are left out first. */
  readonly rank: number;
  /** The smallest and the largest useful width. */
  readonly least: number;
  readonly most: number;
  /** Its cells, one per row, at a given width. */
  cells(width: number): readonly Segment[];
}

/** Blanks between two columns. */
const GAP = 2;

/** A column that is as wide as its widest cell, and at least `least`. */
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
 * A heading, then the rows, with as many of the columns as there is room for. Remaining room goes
 * to the columns that can use it.
 */
export function gridLines(
  columns: readonly GridColumn[],
  rowCount: number,
  width: number,
  widthOf: WidthOf,
): ScreenLine[] {
  const widths = shownWidths(columns, width);
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

/** The columns for which there is room, with their widths. */
function shownWidths(columns: readonly GridColumn[], width: number): Map<GridColumn, number> {
  const byRank = [...columns].sort((a, b) => a.rank - b.rank);
  const widths = new Map<GridColumn, number>();
  let room = width + GAP;
  for (const column of byRank) {
    const needed = column.least + GAP;
    // The first column is always shown; lines are cut to the width of the screen later.
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
