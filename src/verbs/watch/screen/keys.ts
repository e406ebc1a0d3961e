import type { MoverGrouping } from '../../../model/watch/watch-reading.ts';
import { WATCHED, type Watched } from '../../../model/watch/watched.ts';

/** Sort orders of the processes, in the sequence in which a key goes through them. */
export const SORTS = [...WATCHED, 'change', 'pid'] as const;

/**
 * A sort order of the processes: a figure, the change of the resident memory, or the process id.
 */
export type Sort = (typeof SORTS)[number];

/** What is shown below each process, in the sequence in which a key goes through it. */
const MODES = ['total', 'kind', 'mapping'] as const;

/** What the user chose to see. */
export interface Display {
  readonly sort: Sort;
  readonly mode: (typeof MODES)[number];
  /** Whether the screen is frozen; readings continue. */
  readonly isPaused: boolean;
}

/** The effect of a key: another display, an action, or none. */
export type KeyEffect = Display | 'quit' | 'suspend' | 'redraw' | undefined;

/** The display at the beginning. */
export function firstDisplay(by: MoverGrouping | undefined): Display {
  return { sort: 'rss', mode: by ?? 'total', isPaused: false };
}

/** The effect of a key on a display. */
export function effectOf(key: string, display: Display): KeyEffect {
  switch (key) {
    case 'q':
    case 'Q':
    case '\x03':
      return 'quit';
    case '\x1a':
      return 'suspend';
    case '\x0c':
      return 'redraw';
    case ' ':
      return { ...display, isPaused: !display.isPaused };
    case 's':
      return { ...display, sort: next(SORTS, display.sort) };
    case 'm':
      return { ...display, mode: next(MODES, display.mode) };
    default:
      return undefined;
  }
}

/** The figure that is shown where there is room for one only. */
export function figureOf({ sort }: Display): Watched {
  return sort === 'change' || sort === 'pid' ? 'rss' : sort;
}

/** The keys in what a terminal sent; escape sequences (arrows, function keys) are dropped. */
export function keysIn(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return Array.from(text.replace(/\x1b(\[[0-9;?]*[ -/]*[@-~]|O.|[^[O])?/g, ''));
}

function next<T>(list: readonly T[], now: T): T {
  return list[(list.indexOf(now) + 1) % list.length] ?? now;
}
