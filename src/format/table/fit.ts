import type { TableColumn } from '../../model/table.ts';
import type { WidthOf } from '../text-width.ts';

/** How the columns of a drawn table fit a terminal. */
export interface Fit {
  /** Indices of the columns that are drawn. */
  readonly shown: readonly number[];
  /** Blanks on either side of each cell. */
  readonly padding: 0 | 1;
  /** Index of the column whose texts are shortened, and the room that there is for them. */
  readonly shortened: number;
  readonly room: number;
}

const ELLIPSIS = '…';
/** Texts are never shortened to less than that, even if lines become too long then. */
const NARROWEST = 8;
/** Bars, then blanks, give way so that the widest texts have that much room. */
const ROOM_FOR_TEXT = 20;

/**
 * Fits a table of columns of these widths to a terminal: the widest column of text is shortened. If
 * that leaves too little of it, the blanks between columns go first, then bars, then both.
 */
export function fitColumns(
  columns: readonly TableColumn[],
  widths: readonly number[],
  terminalWidth: number,
): Fit {
  const all = columns.map((_, i) => i);
  const withoutBars = all.filter((i) => columns[i]?.kind !== 'bar');
  const textWidths = columns.map(({ kind }, i) => (kind === 'text' ? (widths[i] ?? 0) : -1));
  const widest = Math.max(...textWidths);
  const shortened = textWidths.indexOf(widest);
  const fitting = (shown: readonly number[], padding: 0 | 1): Fit => {
    // Between two columns cli-table3 puts a blank, and one at the end of the line.
    const frame = 1 + 2 * padding;
    const taken = shown.reduce(
      (sum, i) => sum + frame + (i === shortened ? 0 : (widths[i] ?? 0)),
      0,
    );
    return { shown, padding, shortened, room: Math.max(NARROWEST, terminalWidth - taken - 1) };
  };
  const isRoomy = ({ room }: Fit) => room >= Math.min(widest, ROOM_FOR_TEXT);
  const fits = [fitting(all, 1), fitting(all, 0), fitting(withoutBars, 1)];
  return fits.find(isRoomy) ?? fitting(withoutBars, 0);
}

/** Shortens a text from the left: the end of a path says more than its beginning. */
export function shortenLeft(text: string, width: number, widthOf: WidthOf): string {
  if (widthOf(text) <= width) return text;
  const characters = Array.from(text);
  let kept = '';
  for (const character of characters.reverse()) {
    if (widthOf(character + kept) > width - 1) break;
    kept = character + kept;
  }
  return width < 1 ? '' : ELLIPSIS + kept;
}
