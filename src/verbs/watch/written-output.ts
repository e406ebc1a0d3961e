import { PatientSink } from '../../cli/output/patient-sink.ts';
import type { SizeStyle } from '../../format/table/cell-text.ts';
import type { MoverGrouping } from '../../model/watch-reading.ts';
import { chooseStyle, isStdoutTerminal } from '../../terminal/color.ts';
import type { Told } from './diagnostics.ts';
import type { WatchOptions } from './options.ts';
import { PlainRows } from './plain-rows.ts';
import type { WatchView } from './watcher.ts';
import { delimitedWriter, jsonWriter, plainWriter, type WatchWriter } from './writers.ts';

/** Where a watch is seen. */
export interface Screen {
  readonly view: WatchView;
  /** How many values of each figure it shows. */
  readonly recent: number;
  /** Whether something of what it was to show is not written, and will not be. */
  readonly isCut: boolean;
  /** How it wants mappings grouped now. */
  grouping(): MoverGrouping | undefined;
  /** Gives back what it took hold of; once more does nothing. */
  close(): void;
}

const DEFAULT_TOP = 5;

/** How many movers are shown. */
export function topOf({ top }: WatchOptions): number {
  return top ?? DEFAULT_TOP;
}

/** How sizes are written. */
export function sizesOf({ human, bytes }: WatchOptions): SizeStyle {
  return human ? 'human' : bytes ? 'bytes' : 'kib';
}

/** What is not redrawn in place: rows for people, or for programs. */
export async function writtenScreen(
  options: WatchOptions,
  intervalMs: number,
  told: Told,
): Promise<Screen> {
  const sink = new PatientSink();
  const writer = await writerFor(options, intervalMs, (text) => sink.write(Buffer.from(text)));
  const { by } = options;
  const view: WatchView = {
    ...writer,
    problem: (problem) => told.problem(problem),
    missed: (missed) => told.missed(missed),
    tick: (isWaiting) => {
      if (isWaiting) told.waiting();
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
  intervalMs: number,
  print: (text: string) => void,
): Promise<WatchWriter> {
  const { by, quiet, json, format = 'text' } = options;
  const writing = { by, quiet, top: topOf(options), print };
  if (json || format === 'json' || format === 'ndjson') return jsonWriter(writing);
  if (format !== 'text') {
    const delimiter = format === 'csv' ? ',' : '\t';
    return delimitedWriter(writing, { delimiter, onTerminal: await isStdoutTerminal() });
  }
  const style = await chooseStyle(options.color);
  const hasFraction = intervalMs % 1000 !== 0;
  const { onTerminal } = style;
  const rows = new PlainRows({ sizes: sizesOf(options), by, hasFraction, onTerminal });
  return plainWriter(rows, writing, style);
}
