import { watch } from '../commands/watch.ts';
import { PROC } from '../proc/proc-root.ts';
import { targetsOf } from '../sources/follow-targets.ts';
import { checkFormat } from '../sources/open-sources.ts';
import { isStdoutTerminal } from '../terminal/color.ts';
import { parseOptions } from './getopt.ts';
import { type Interruption, listenForInterruption } from './interruption.ts';
import type { Invocation } from './invocation.ts';
import { systemClock } from './system-clock.ts';
import { WATCH_OPTIONS, type WatchOptions } from './watch-options.ts';
import { type Screen, writtenScreen } from './watch-screen.ts';
import { Told } from './watch-told.ts';

export { WATCH_OPTIONS as options } from './watch-options.ts';

const DEFAULT_INTERVAL_MS = 5000;

/** `tsmap watch`: processes over time. */
export async function run(invocation: Invocation): Promise<number> {
  const { values: options, operands } = parseOptions(WATCH_OPTIONS, invocation.args, {
    posixlyCorrect: invocation.posixlyCorrect,
  });
  checkFormat({ ...options, total: false });
  const root = options.procRoot ?? PROC;
  const follow = targetsOf(options, operands, root);
  const intervalMs = options.interval ?? DEFAULT_INTERVAL_MS;
  const interruption = listenForInterruption();
  const told = new Told(invocation.name, systemClock);
  const screen = await screenFor(options, intervalMs, told, interruption);
  let wasSeen = false;
  try {
    const request = {
      root,
      follow,
      schedule: { intervalMs, count: options.count },
      untilExit: options.untilExit || !canOthersCome(options),
      recent: screen.recent,
      grouping: () => screen.grouping(),
    };
    wasSeen = await watch(request, screen.view, systemClock, interruption.signal);
  } finally {
    screen.close();
    told.end();
  }
  return interruption.end(told.status(wasSeen), screen.isCut);
}

/** Whether processes may come when none is left; children come of those that are there. */
function canOthersCome({ name, user, all }: WatchOptions): boolean {
  return name !== undefined || user !== undefined || all;
}

async function screenFor(
  options: WatchOptions,
  intervalMs: number,
  told: Told,
  interruption: Interruption,
): Promise<Screen> {
  const isText = !options.json && (options.format ?? 'text') === 'text';
  if (!isText || options.plain || !canDraw(process.env) || !(await isStdoutTerminal())) {
    return writtenScreen(options, intervalMs, told);
  }
  const { openLiveView } = await import('./terminal/live-view.ts');
  return openLiveView(options, intervalMs, told, () => interruption.stop());
}

/** Whether a terminal can do what redrawing in place needs. */
function canDraw({ TERM }: NodeJS.ProcessEnv): boolean {
  return TERM !== undefined && TERM !== '' && TERM !== 'dumb';
}
