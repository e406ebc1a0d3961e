import { type Interruption, listenForInterruption } from '../../cli/interruption.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { parseOptions } from '../../cli/options/getopt.ts';
import { systemClock } from '../../cli/system-clock.ts';
import { PROC } from '../../proc/proc-root.ts';
import { targetsOf } from '../../sources/follow-targets.ts';
import { checkFormat } from '../../sources/open-sources.ts';
import { isStdoutTerminal } from '../../terminal/color.ts';
import { Told } from './diagnostics.ts';
import { WATCH_OPTIONS, type WatchOptions } from './options.ts';
import { watch } from './watcher.ts';
import { type Screen, writtenScreen } from './written-output.ts';

export { WATCH_OPTIONS as options } from './options.ts';

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
  const { openLiveView } = await import('./screen/live-view.ts');
  return openLiveView(options, intervalMs, told, () => interruption.stop());
}

/** Whether a terminal can do what redrawing in place needs. */
function canDraw({ TERM }: NodeJS.ProcessEnv): boolean {
  return TERM !== undefined && TERM !== '' && TERM !== 'dumb';
}
