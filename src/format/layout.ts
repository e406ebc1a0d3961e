import type { Column, NumberColumn } from '../columns/column.ts';

/**
 * One cell of a row: what stands before it, and how wide it is at least. Addresses are hexadecimal
 * and filled with zeros, other numbers decimal and filled with blanks; text is not filled.
 */
export interface LayoutCell {
  readonly before: string;
  readonly column: Column;
  readonly width?: number;
}

/** A piece of the last line: text, or the total of a column in KiB. */
export type FooterPart = string | { readonly total: NumberColumn; readonly width?: number };

/**
 * A text layout whose rows can be printed one by one, because all widths are known before. It is
 * declared, not programmed: columns, widths, gaps, rule, footer.
 */
export interface StreamedLayout {
  /** The line above the rows, if there is one. */
  readonly header?: string;
  readonly cells: readonly LayoutCell[];
  /** The line between rows and footer, if there is one. */
  readonly rule?: string;
  readonly footer: readonly FooterPart[];
  /** Whether names are shown with their path even where it was not asked for. */
  readonly alwaysShowPath: boolean;
}

/** The columns whose totals a layout's footer shows. */
export function footerColumns(layout: StreamedLayout): NumberColumn[] {
  return layout.footer.flatMap((part) => (typeof part === 'string' ? [] : [part.total]));
}
