import { formatDuration } from '../../../model/units/duration.ts';
import { type ScreenLine, segment } from '../../../terminal/line.ts';
import { UNITS } from '../figure-text.ts';
import { type Block, blockLines } from './blocks.ts';
import { compactLines } from './compact.ts';
import { type Display, figureOf } from './keys.ts';
import { moverLines } from './mover-lines.ts';
import type { Drawing, ProcessView } from './process-view.ts';

/** All that a screen shows. */
export interface FrameState {
  readonly display: Display;
  readonly processes: readonly ProcessView[];
  /** Exited processes, most recent first; only the latest are kept. */
  readonly ended: readonly ProcessView[];
  /** How many processes have exited in all. */
  readonly endedCount: number;
  /** Local time of the last reading, as text. */
  readonly time: string;
  readonly intervalMs: number;
  /** Number of readings so far. */
  readonly readings: number;
  /** The latest message, while it is shown. */
  readonly message: string | undefined;
  /** Whether there is a keyboard. */
  readonly hasKeys: boolean;
}

/** Below this width the keys are named in short. */
const NARROW = 60;

/** The lines of a screen, at most `height`; processes that do not fit are counted. */
export function frameLines(state: FrameState, height: number, drawing: Drawing): ScreenLine[] {
  const above = height >= 3 ? [headerLine(state, drawing)] : [];
  if (height >= 10) above.push([]);
  const below = height >= 4 ? [statusLine(state, drawing)] : [];
  if (state.message !== undefined && height >= 6) below.unshift([segment(state.message, 'alert')]);
  const room = Math.max(0, height - above.length - below.length);
  const body = bodyLines(state, room, drawing);
  const filler = Array.from({ length: room - body.length }, (): ScreenLine => []);
  return [...above, ...body, ...filler, ...below];
}

function headerLine(
  { intervalMs, time, readings, processes, endedCount }: FrameState,
  drawing: Drawing,
) {
  const counted = (count: number, one: string, many: string) =>
    `${count} ${count === 1 ? one : many}`;
  const facts = [
    time,
    `every ${formatDuration(intervalMs)}`,
    counted(readings, 'reading', 'readings'),
    counted(processes.length, 'process', 'processes'),
    ...(endedCount > 0 ? [`${endedCount} ended`] : []),
    ...(drawing.sizes === 'human' ? [] : [UNITS[drawing.sizes]]),
  ];
  return [segment('tsmap watch', 'bold'), segment(`  ${facts.join('  ')}`, 'dim')];
}

function statusLine({ display, hasKeys }: FrameState, { width }: Drawing): ScreenLine {
  const paused = display.isPaused ? [segment('paused', 'alert'), segment('  ')] : [];
  const { sort, mode, isPaused, modes } = display;
  const long = `q quit  space ${isPaused ? 'resume' : 'pause'}  s sort: ${sort}${modes.length > 1 ? `  m show: ${mode}` : ''}`;
  const short = `q quit  s ${sort}${modes.length > 1 ? `  m ${mode}` : ''}`;
  const keys = width < NARROW ? short : long;
  return [...paused, segment(hasKeys ? keys : 'Ctrl-C quit', 'dim')];
}

/** Each process in full if there is room, else a line each, else as many as fit. */
function bodyLines(state: FrameState, room: number, drawing: Drawing): ScreenLine[] {
  const processes = [...sorted(state.processes, state.display), ...state.ended];
  if (processes.length === 0) {
    const text = state.readings === 0 ? 'reading' : 'no process yet';
    return [[segment(text, 'dim')]].slice(0, room);
  }
  const withMovers = (blocks: readonly Block[], gap: readonly ScreenLine[]) =>
    blocks.map((block, i) => [...block, ...moversOf(processes[i], state.display, drawing), ...gap]);
  // A process in full has its title, its figures and a blank line.
  if (processes.length * (drawing.figures.length + 2) <= room) {
    const full = blockLines(processes, drawing);
    const lines = [full.heading, ...withMovers(full.blocks, [[]]).flat()];
    // The last line is blank and need not fit.
    if (lines.length - 1 <= room) return lines.slice(0, room);
  }
  // Draw only as many as can be seen: there may be thousands.
  const compact = compactLines(processes.slice(0, room), figureOf(state.display), drawing);
  const heading = room >= 3 ? [compact.heading] : [];
  const blocks = withMovers(compact.blocks, []);
  const all = state.processes.length + state.endedCount;
  return [...heading, ...fitting(blocks, all, room - heading.length, drawing)];
}

function moversOf(one: ProcessView | undefined, { mode }: Display, drawing: Drawing): ScreenLine[] {
  if (one === undefined || mode === 'total' || one.by !== mode) return [];
  return moverLines(one.movers, mode === 'kind' ? 'Kind' : 'Mapping', drawing);
}

/** As many whole blocks as fit, then the number of the others. */
function fitting(
  blocks: readonly Block[],
  all: number,
  room: number,
  { glyphs }: Drawing,
): ScreenLine[] {
  if (blocks.length === all && blocks.flat().length <= room) return blocks.flat();
  const lines: ScreenLine[] = [];
  let shown = 0;
  for (const block of blocks) {
    if (lines.length + block.length > room - 1) break;
    lines.push(...block);
    shown++;
  }
  if (shown === 0) {
    // Part of the first block is better than nothing.
    const [first = []] = blocks;
    if (all <= 1 || room < 2) return first.slice(0, room);
    lines.push(...first.slice(0, room - 1));
    shown = 1;
  }
  return [...lines, [segment(`${glyphs.ellipsis} and ${all - shown} more`, 'dim')]];
}

function sorted(processes: readonly ProcessView[], display: Display): ProcessView[] {
  const { sort } = display;
  const keyOf = ({ courses }: ProcessView): number => {
    if (sort === 'pid') return 0;
    return (
      (sort === 'change' ? courses[figureOf(display)].change : courses[sort].last) ??
      Number.NEGATIVE_INFINITY
    );
  };
  // Two unknown values are equal, but the difference of two infinities is not a number.
  const order = (a: number, b: number) => (a === b ? 0 : b - a);
  return [...processes].sort((a, b) => order(keyOf(a), keyOf(b)) || a.head.pid - b.head.pid);
}
