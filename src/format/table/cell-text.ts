import type { Share, TableCell, TableColumn } from '../../model/table.ts';
import { formatSize } from '../../model/units/size.ts';

/** How sizes are written. */
export type SizeStyle = 'kib' | 'bytes' | 'human';

const BAR_WIDTH = 10;

/**
 * A cell as text: sizes in KiB, bytes or units for people; ratios in percent; a bar as
 * `####==....`.
 */
export function cellText({ kind }: TableColumn, cell: TableCell, sizes: SizeStyle): string {
  if (cell === undefined) return '';
  if (typeof cell === 'object') return barText(cell);
  if (typeof cell === 'string') return cell;
  if (kind === 'address') return cell.toString(16).padStart(16, '0');
  if (kind === 'ratio') return `${(cell * 100).toFixed(1)}%`;
  return kind === 'size' ? sizeText(cell, sizes) : String(cell);
}

function sizeText(bytes: number, sizes: SizeStyle): string {
  if (sizes === 'human') return formatSize(bytes);
  return String(sizes === 'bytes' ? bytes : Math.floor(bytes / 1024));
}

/** Private memory as `#`, shared as `=`, the rest of the whole as dots. */
function barText(share: Share): string {
  const privateCells = Math.round(share.private * BAR_WIDTH);
  const all = Math.round((share.private + share.shared) * BAR_WIDTH);
  return '#'.repeat(privateCells) + '='.repeat(all - privateCells) + '.'.repeat(BAR_WIDTH - all);
}
