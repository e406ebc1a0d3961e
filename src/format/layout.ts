import type { Column, NumberColumn } from '../columns/column.ts';

/**
 * A cell of a row: the text before it, its column, and its least width. Addresses are hexadecimal
 * and padded with zeros, other numbers decimal and padded with blanks; text is not padded.
 */
export interface LayoutCell {
  readonly before: string;
  readonly column: Column;
  readonly width?: number;
}

/** A part of the last line: text, or the total of a column in KiB. */
export type FooterPart = string | { readonly total: NumberColumn; readonly width?: number };

/**
 * A text layout whose rows can be printed one by one because all widths are fixed. It is pure data:
 * columns, widths, gaps, rule and footer.
 */
export interface StreamedLayout {
  /** The line above the rows, if any. */
  readonly header?: string;
  readonly cells: readonly LayoutCell[];
  /** The line between rows and footer, if any. */
  readonly rule?: string;
  readonly footer: readonly FooterPart[];
  /** Whether names have their path even if the user did not ask for it. */
  readonly alwaysShowPath: boolean;
}

/** The columns whose totals a layout's footer shows. */
export function footerColumns(layout: StreamedLayout): NumberColumn[] {
  return layout.footer.flatMap((part) => (typeof part === 'string' ? [] : [part.total]));
}
