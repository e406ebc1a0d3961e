import type { CellKind, TableColumn } from '../../model/table.ts';
import type { WidthOf } from '../text-width.ts';

/**
 * Whether cells are aligned to the left of their column: text and bars are; numbers go to the right.
 */
export function isLeftAligned(kind: CellKind): boolean {
  return kind === 'text' || kind === 'bar';
}

/** The blanks that pad a text to `width` columns. */
export function blanksFor(text: string, width: number, widthOf: WidthOf): string {
  return ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** A line of texts, each padded to the width of its column; no blanks at the end of the line. */
export function alignedLine(
  columns: readonly Pick<TableColumn, 'kind'>[],
  texts: readonly string[],
  widths: readonly number[],
  widthOf: WidthOf,
): string {
  const cells = texts.map((text, i) => {
    const blanks = blanksFor(text, widths[i] ?? 0, widthOf);
    return isLeftAligned(columns[i]?.kind ?? 'text') ? text + blanks : blanks + text;
  });
  return cells.join(' ').trimEnd();
}
