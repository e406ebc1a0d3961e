import type { SizeStyle } from '../../format/table/cell-text.ts';
import type { WatchOptions } from './options.ts';

const DEFAULT_TOP = 5;

/** The most movers that are shown. */
export function topOf({ top }: WatchOptions): number {
  return top ?? DEFAULT_TOP;
}

/** The unit in which sizes are shown. */
export function sizesOf({ human, bytes }: WatchOptions): SizeStyle {
  return human ? 'human' : bytes ? 'bytes' : 'kib';
}
