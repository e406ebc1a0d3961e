import type { MoverGrouping } from '../../../model/watch/watch-reading.ts';
import type { Watched } from '../../../model/watch/watched.ts';
import type { WatchOptions } from '../options.ts';

/**
 * A sort order of the processes: a figure, the change of the first one, or the process id.
 */
export type Sort = Watched | 'change' | 'pid';

/** What is shown below each process. */
type Mode = 'total' | MoverGrouping;

/** What the user chose to see. */
export interface Display {
  readonly figures: readonly Watched[];
  readonly sort: Sort;
  readonly mode: Mode;
  /** What can be shown below each process, in the sequence in which a key goes through it. */
  readonly modes: readonly Mode[];
  /** Whether the screen is frozen; readings continue. */
  readonly isPaused: boolean;
}

/** The effect of a key: another display, an action, or none. */
export type KeyEffect = Display | 'quit' | 'suspend' | 'redraw' | undefined;

/** The display at the beginning. */
export function firstDisplay(
  { by, quick }: Pick<WatchOptions, 'by' | 'quick'>,
  figures: readonly Watched[],
): Display {
  // Groups of mappings are in smaps, which is not read where speed is asked for.
  const modes: readonly Mode[] = quick ? ['total'] : ['total', 'kind', 'mapping'];
  return { figures, sort: firstOf(figures), mode: by ?? 'total', modes, isPaused: false };
}

function firstOf([first = 'rss']: readonly Watched[]): Watched {
  return first;
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
      return { ...display, sort: next([...display.figures, 'change', 'pid'], display.sort) };
    case 'm':
      return { ...display, mode: next(display.modes, display.mode) };
    default:
      return undefined;
  }
}

/** The figure that is shown where there is room for one only. */
export function figureOf({ sort, figures }: Display): Watched {
  return sort === 'change' || sort === 'pid' ? firstOf(figures) : sort;
}

/** The keys in what a terminal sent; escape sequences (arrows, function keys) are dropped. */
export function keysIn(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return Array.from(text.replace(/\x1b(\[[0-9;?]*[ -/]*[@-~]|O.|[^[O])?/g, ''));
}

function next<T>(list: readonly T[], now: T): T {
  return list[(list.indexOf(now) + 1) % list.length] ?? now;
}
