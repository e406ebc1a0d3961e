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
/** Texts are never shortened to fewer columns than this, even if lines become too long. */
const MIN_TEXT_WIDTH = 8;
/** Padding and bars are dropped if the widest column of text would have less room than this. */
const ROOM_FOR_TEXT = 20;

/**
 * Fits a table with columns of these widths to a terminal by shortening the widest column of text. If
 * that leaves too little room for it, drops the padding, or else the bars, or else both.
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
    // cli-table3 puts a blank between two columns and at the end of the line.
    const frame = 1 + 2 * padding;
    const taken = shown.reduce(
      (sum, i) => sum + frame + (i === shortened ? 0 : (widths[i] ?? 0)),
      0,
    );
    return { shown, padding, shortened, room: Math.max(MIN_TEXT_WIDTH, terminalWidth - taken - 1) };
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
