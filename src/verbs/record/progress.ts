import { isatty } from 'node:tty';
import { complain, writeStderr } from '../../cli/output/stderr.ts';
import { formatDuration } from '../../model/duration.ts';
import { formatSize } from '../../model/size.ts';

const STDERR = 2;
const REDRAW_MS = 1000;
/** Of a terminal that does not say. */
const WIDTH = 80;
const START_OF_LINE = '\r\x1b[K';

/** What progress shows. */
export interface ProgressFacts {
  samples(): number;
  bytes(): number;
  /** Milliseconds to the next moment. */
  nextMs(): number;
}

/** One line on the terminal that is drawn again and again; see `recordProgress`. */
export interface Progress {
  /** Takes the line away while something else is said. */
  aside(say: () => void): void;
  /** Says something that is worth a word only where somebody looks on. */
  note(message: string): void;
  /** Draws it at once. */
  draw(): void;
  /** Takes it away for good. */
  end(): void;
}

/** Shows how a recording goes on, where stderr is a terminal and nobody asked for quiet. */
export function recordProgress(facts: ProgressFacts, quiet: boolean): Progress {
  if (quiet || !isatty(STDERR)) {
    const nothing = () => undefined;
    return { aside: (say) => say(), note: nothing, draw: nothing, end: nothing };
  }
  const startMs = performance.now();
  // Of a line that is longer than the terminal is wide, the part above would stay.
  const draw = () => {
    const line = lineOf(facts, performance.now() - startMs);
    writeStderr(START_OF_LINE + line.slice(0, (process.stderr.columns || WIDTH) - 1));
  };
  const timer = setInterval(draw, REDRAW_MS);
  const aside = (say: () => void) => {
    writeStderr(START_OF_LINE);
    say();
    draw();
  };
  return {
    aside,
    note: (message) => aside(() => complain('tsmap', message)),
    draw,
    end: () => {
      clearInterval(timer);
      writeStderr(START_OF_LINE);
    },
  };
}

function lineOf({ samples, bytes, nextMs }: ProgressFacts, elapsedMs: number): string {
  const count = samples();
  const parts = [
    `${count} ${count === 1 ? 'sample' : 'samples'}`,
    formatSize(bytes()),
    `elapsed ${formatDuration(wholeSeconds(elapsedMs))}`,
    `next in ${formatDuration(wholeSeconds(Math.max(0, nextMs())))}`,
  ];
  return parts.join(', ');
}

/** A line that is drawn each second has no use for milliseconds. */
function wholeSeconds(durationMs: number): number {
  return Math.max(1000, Math.round(durationMs / 1000) * 1000);
}
