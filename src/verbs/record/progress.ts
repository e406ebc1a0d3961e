import { isatty } from 'node:tty';
import { complain, writeStderr } from '../../cli/output/stderr.ts';
import { STDERR_FD } from '../../model/standard-streams.ts';
import { formatDuration } from '../../model/units/duration.ts';
import { formatSize } from '../../model/units/size.ts';
import { stderrWidth } from '../../terminal/width.ts';

const REDRAW_MS = 1000;
const START_OF_LINE = '\r\x1b[K';

/** The numbers in the progress line. */
export interface ProgressFacts {
  samples(): number;
  bytes(): number;
  /** Milliseconds until the next moment. */
  nextMs(): number;
}

/** A progress line on the terminal, redrawn in place; see `recordProgress`. */
export interface Progress {
  /** Erases the line, calls `print`, and draws the line again. */
  aside(print: () => void): void;
  /** Prints a message that is only worth printing on a terminal, where the progress line is. */
  note(message: string): void;
  /** Redraws the line now. */
  draw(): void;
  /** Erases the line for good. */
  end(): void;
}

/** Shows the progress of a recording, if stderr is a terminal and `quiet` was not given. */
export function recordProgress(facts: ProgressFacts, quiet: boolean): Progress {
  if (quiet || !isatty(STDERR_FD)) {
    const nothing = () => undefined;
    return { aside: (print) => print(), note: nothing, draw: nothing, end: nothing };
  }
  const startMs = performance.now();
  // A line wider than the terminal would wrap, and only its last row would be erased.
  const draw = () => {
    const line = lineOf(facts, performance.now() - startMs);
    writeStderr(START_OF_LINE + line.slice(0, stderrWidth() - 1));
  };
  const timer = setInterval(draw, REDRAW_MS);
  const aside = (print: () => void) => {
    writeStderr(START_OF_LINE);
    print();
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

function lineOf(facts: ProgressFacts, elapsedMs: number): string {
  const count = facts.samples();
  const parts = [
    `${count} ${count === 1 ? 'sample' : 'samples'}`,
    formatSize(facts.bytes()),
    `elapsed ${formatDuration(wholeSeconds(elapsedMs))}`,
    `next in ${formatDuration(wholeSeconds(Math.max(0, facts.nextMs())))}`,
  ];
  return parts.join(', ');
}

/** Rounds to seconds, at least one: the line is redrawn each second. */
function wholeSeconds(durationMs: number): number {
  return Math.max(1000, Math.round(durationMs / 1000) * 1000);
}
