import { formatOf } from '../../cli/options/shared-options.ts';
import { NonBlockingStdout } from '../../cli/output/non-blocking-stdout.ts';
import { isStdoutTerminal, stdoutStyle } from '../../cli/output/stdout.ts';
import { FORMATS } from '../../format/machine/formats.ts';
import type { MoverGrouping } from '../../model/watch/watch-reading.ts';
import type { Watched } from '../../model/watch/watched.ts';
import type { WatchDiagnostics } from './diagnostics.ts';
import { sizesOf, topOf } from './display-options.ts';
import type { WatchOptions } from './options.ts';
import { PlainRows } from './plain-rows.ts';
import { rowNames } from './records.ts';
import type { WatchView } from './watcher.ts';
import { eventWriter, plainWriter, type WatchWriter } from './writers.ts';

/** Where a watch is shown: a screen that is redrawn, or output that is written. */
export interface WatchOutput {
  readonly view: WatchView;
  /** How many recent values of each figure it shows. */
  readonly recent: number;
  /** Whether some of the output was not written, and will not be. */
  readonly isCut: boolean;
  /** How mappings are to be grouped at the next reading. */
  grouping(): MoverGrouping | undefined;
  /** Releases the terminal. Idempotent. */
  close(): void;
}

/** A watch that is not redrawn in place: rows for people, or events for programs. */
export async function writtenOutput(
  options: WatchOptions,
  figures: readonly Watched[],
  intervalMs: number,
  diagnostics: WatchDiagnostics,
): Promise<WatchOutput> {
  const sink = new NonBlockingStdout();
  const writer = await writerFor(options, figures, intervalMs, (text) =>
    sink.write(Buffer.from(text)),
  );
  const { by } = options;
  const view: WatchView = {
    ...writer,
    problem: (problem) => diagnostics.problem(problem),
    missed: (missed) => diagnostics.missed(missed),
    tick: (isWaiting) => {
      if (isWaiting) diagnostics.waiting();
    },
    settled: (signal) => sink.settled(signal),
  };
  return {
    view,
    recent: 0,
    grouping: () => by,
    close: () => {},
    get isCut() {
      return sink.hasRest;
    },
  };
}

async function writerFor(
  options: WatchOptions,
  figures: readonly Watched[],
  intervalMs: number,
  print: (text: string) => void,
): Promise<WatchWriter> {
  const { by, quiet } = options;
  const writing = { by, quiet, figures, top: topOf(options), print };
  const name = formatOf(options);
  if (name !== 'text') {
    const format = await FORMATS[name].load();
    const destination = { onTerminal: await isStdoutTerminal() };
    return eventWriter(writing, format.stream(rowNames({ by, figures }), destination));
  }
  const style = await stdoutStyle(options.color);
  const hasFraction = intervalMs % 1000 !== 0;
  const { onTerminal } = style;
  const rows = new PlainRows({ sizes: sizesOf(options), figures, by, hasFraction, onTerminal });
  return plainWriter(rows, writing, style);
}
