import { EXIT } from '../../cli/exit-status.ts';
import { followFrom } from '../../cli/follow-arguments.ts';
import { type Interruption, listenForInterruption } from '../../cli/interruption.ts';
import { figuresHelp } from '../../cli/options/columns-help.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import { validateFormat } from '../../cli/options/validate-options.ts';
import { isStdoutTerminal, print } from '../../cli/output/stdout.ts';
import { rootOf } from '../../cli/source-arguments.ts';
import { systemClock } from '../../cli/system-clock.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import { WATCHED, type Watched } from '../../model/watch/watched.ts';
import { isDescribed } from '../../sources/process-description.ts';
import { canRedraw } from '../../terminal/color.ts';
import { chosenFigures } from './chosen-figures.ts';
import { WatchDiagnostics } from './diagnostics.ts';
import { WATCH_OPTIONS, type WatchOptions } from './options.ts';
import { watch } from './watcher.ts';
import { type WatchOutput, writtenOutput } from './written-output.ts';

const DEFAULT_INTERVAL_MS = 5000;

type WatchArguments = VerbArguments<typeof WATCH_OPTIONS>;

/** `tsmap watch`: follows the memory of processes over time. */
export const verb: VerbModule<typeof WATCH_OPTIONS> = { options: WATCH_OPTIONS, run };

async function run({ invocation, options, operands }: WatchArguments): Promise<number> {
  if (options.columns === 'help') {
    print(figuresHelp(WATCHED));
    return EXIT.ok;
  }
  validateFormat({ ...options, total: false, quiet: false });
  if (options.quick && options.by !== undefined) {
    throw new UsageError('--quick reads only status, and --by reads all of smaps');
  }
  if (options.plain && formatOf(options) !== 'text') {
    throw new UsageError('--plain writes rows for people, so it works with text only');
  }
  const figures = chosenFigures(options);
  if (options.top !== undefined && options.by === undefined && !(await redraws(options))) {
    throw new UsageError('--top limits the rows of what changed most: add --by');
  }
  const root = rootOf(options);
  const follow = followFrom(options, operands);
  const intervalMs = options.interval ?? DEFAULT_INTERVAL_MS;
  const interruption = listenForInterruption();
  const diagnostics = new WatchDiagnostics(invocation.name, options, systemClock);
  const output = await outputFor(options, figures, intervalMs, diagnostics, interruption);
  let wasSeen = false;
  try {
    const request = {
      root,
      follow,
      schedule: { intervalMs, count: options.count },
      figures,
      isQuick: options.quick,
      untilExit: options.untilExit || !isDescribed(options),
      recent: output.recent,
      grouping: () => output.grouping(),
    };
    wasSeen = await watch(request, output.view, systemClock, interruption.signal);
  } finally {
    output.close();
    diagnostics.end();
  }
  return interruption.end(diagnostics.status(wasSeen), output.isCut);
}

/** Whether the screen is redrawn, where keys choose what is shown. */
async function redraws(options: WatchOptions): Promise<boolean> {
  const isText = formatOf(options) === 'text';
  return isText && !options.plain && canRedraw() && (await isStdoutTerminal());
}

async function outputFor(
  options: WatchOptions,
  figures: readonly Watched[],
  intervalMs: number,
  diagnostics: WatchDiagnostics,
  interruption: Interruption,
): Promise<WatchOutput> {
  if (!(await redraws(options))) return writtenOutput(options, figures, intervalMs, diagnostics);
  const { openLiveView } = await import('./screen/live-view.ts');
  return openLiveView(options, figures, intervalMs, diagnostics, () => interruption.stop());
}
