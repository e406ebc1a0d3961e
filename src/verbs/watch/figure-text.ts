import { WATCHED_COLUMNS } from '../../aggregate/trends/watched.ts';
import { tableTitle } from '../../columns/column.ts';
import { cellText, type SizeStyle } from '../../format/table/cell-text.ts';
import type { TableColumn } from '../../model/table.ts';
import { formatSize } from '../../model/units/size.ts';
import type { Slope } from '../../model/watch/watch-reading.ts';
import { type PerFigure, perFigure } from '../../model/watch/watched.ts';

const SIZE: TableColumn = { id: 'size', title: '', kind: 'size' };

/** Headings of the figures. */
export const TITLES: PerFigure<string> = perFigure((id) => tableTitle(WATCHED_COLUMNS[id]));

/** The unit of sizes, as a heading. */
export const UNITS: Readonly<Record<SizeStyle, string>> = { kib: 'KiB', bytes: 'B', human: 'Size' };

/** A size in bytes as text; `-` if it is not known. */
export function sizeText(bytes: number | undefined, sizes: SizeStyle): string {
  return bytes === undefined ? '-' : cellText(SIZE, Math.round(bytes), sizes);
}

/** A change in bytes with its sign: `+4096`, `-12`, `0`; `-` if it is not known. */
export function changeText(bytes: number | undefined, sizes: SizeStyle): string {
  return bytes === undefined ? '-' : signed(bytes, sizeText(Math.abs(bytes), sizes));
}

/** A slope and its margin: `+12.3 (±0.4)`; `-` if it is not known. */
export function slopeText(slope: Slope | undefined, sizes: SizeStyle, plusMinus = '±'): string {
  if (slope === undefined) return '-';
  return `${rateText(slope, sizes)} (${plusMinus}${magnitudeText(slope.margin, sizes)})`;
}

/** A slope without its margin: `+12.3`. */
function rateText({ perMinute }: Slope, sizes: SizeStyle): string {
  return signed(perMinute, magnitudeText(Math.abs(perMinute), sizes));
}

/** Rates in KiB have a digit after the point: a leak may be slower than a page per minute. */
function magnitudeText(bytes: number, sizes: SizeStyle): string {
  if (sizes === 'human') return formatSize(Math.round(bytes));
  return sizes === 'bytes' ? String(Math.round(bytes)) : (bytes / 1024).toFixed(1);
}

/** A number that is shown as zero has no sign. */
function signed(value: number, magnitude: string): string {
  if (/^[0.]+$/.test(magnitude)) return magnitude;
  return (value < 0 ? '-' : '+') + magnitude;
}
