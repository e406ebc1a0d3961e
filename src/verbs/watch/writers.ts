import { moved } from '../../aggregate/trends/movers.ts';
import type { EventStream } from '../../format/machine/machine-format.ts';
import type { Style } from '../../format/style.ts';
import type { MoverGrouping, WatchReading } from '../../model/watch/watch-reading.ts';
import type { Watched } from '../../model/watch/watched.ts';
import type { PlainRows } from './plain-rows.ts';
import { endingEvent, readingEvent } from './records.ts';
import type { WatchView } from './watcher.ts';

/** Writes readings and endings; problems and missed ticks go to stderr instead. */
export type WatchWriter = Pick<WatchView, 'reading' | 'ending'>;

/** How a watch is written if it is not redrawn in place. */
export interface WritingOptions {
  readonly by: MoverGrouping | undefined;
  /** The figures that are shown. */
  readonly figures: readonly Watched[];
  /** The most movers that are written for a process. */
  readonly top: number;
  /** Leave out headings and last lines. */
  readonly quiet: boolean;
  /** Writes on stdout. */
  print(text: string): void;
}

/** Aligned rows for people; each is written as soon as it is known, whole or not at all. */
export function plainWriter(
  rows: PlainRows,
  { top, quiet, figures, print }: WritingOptions,
  { header }: Pick<Style, 'header'>,
): WatchWriter {
  let hasHeading = quiet;
  return {
    reading: (reading) => {
      if (!hasHeading) print(`${header.open}${rows.heading()}${header.close}\n`);
      hasHeading = true;
      print(`${rows.rows(withMoved(reading, top, figures)).join('\n')}\n`);
    },
    ending: (ending) => {
      if (!quiet) print(`${rows.ending(ending)}\n`);
    },
  };
}

/**
 * Events for programs; each is written as soon as it is known. The heading is written at once, so
 * that it is there even if nothing can be read.
 */
export function eventWriter(
  { by, top, quiet, figures, print }: WritingOptions,
  stream: EventStream,
): WatchWriter {
  const write = (text: string) => {
    if (text !== '') print(text);
  };
  if (!quiet) write(stream.heading);
  return {
    reading: (reading, missed) =>
      write(stream.text(readingEvent(withMoved(reading, top, figures), missed, { by, figures }))),
    ending: (ending) => {
      if (!quiet) write(stream.text(endingEvent(ending, { by, figures })));
    },
  };
}

function withMoved(reading: WatchReading, top: number, figures: readonly Watched[]): WatchReading {
  const { movers } = reading;
  return movers === undefined ? reading : { ...reading, movers: moved(movers, top, figures) };
}
