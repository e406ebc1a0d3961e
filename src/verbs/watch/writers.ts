import { moved } from '../../aggregate/trends/movers.ts';
import { type Delimiting, delimitedRecords } from '../../format/machine/delimited-text.ts';
import { jsonText } from '../../format/machine/json-text.ts';
import type { Style } from '../../format/style.ts';
import type { MoverGrouping, WatchReading } from '../../model/watch-reading.ts';
import type { PlainRows } from './plain-rows.ts';
import { endingRecord, lineNames, lineRecords, momentRecord } from './records.ts';
import type { WatchView } from './watcher.ts';

/** What a view writes of what it hears; the rest, problems and missed ticks, is said on stderr. */
export type WatchWriter = Pick<WatchView, 'reading' | 'ending'>;

/** How a watch is written where it is not redrawn in place. */
export interface WritingOptions {
  readonly by: MoverGrouping | undefined;
  /** How many movers are told of a process. */
  readonly top: number;
  /** No heading, no last lines. */
  readonly quiet: boolean;
  /** Writes on stdout. */
  print(text: string): void;
}

/** Aligned rows; each is written when it is known, all of it or nothing. */
export function plainWriter(
  rows: PlainRows,
  { top, quiet, print }: WritingOptions,
  { header }: Pick<Style, 'header'>,
): WatchWriter {
  let hasHeading = quiet;
  return {
    reading: (reading) => {
      if (!hasHeading) print(`${header.open}${rows.heading()}${header.close}\n`);
      hasHeading = true;
      print(`${rows.rows(withMoved(reading, top)).join('\n')}\n`);
    },
    ending: (ending) => {
      if (!quiet) print(`${rows.ending(ending)}\n`);
    },
  };
}

/** One JSON object a line. */
export function jsonWriter({ by, top, quiet, print }: WritingOptions): WatchWriter {
  const write = (record: object) => print(`${jsonText(record)}\n`);
  return {
    reading: (reading, missed) => write(momentRecord(withMoved(reading, top), missed, by)),
    ending: (ending) => {
      if (!quiet) write(endingRecord(ending));
    },
  };
}

/** Lines of values below a line of names, which stands there also where nothing could be read. */
export function delimitedWriter(
  { by, top, quiet, print }: WritingOptions,
  delimiting: Delimiting,
): WatchWriter {
  const columns = lineNames(by);
  if (!quiet) print(delimitedRecords([], { ...delimiting, columns, header: true }));
  return {
    reading: (reading, missed) => {
      const records = lineRecords(withMoved(reading, top), missed, by);
      print(delimitedRecords(records, { ...delimiting, columns, header: false }));
    },
    ending: () => {},
  };
}

function withMoved(reading: WatchReading, top: number): WatchReading {
  const { movers } = reading;
  return movers === undefined ? reading : { ...reading, movers: moved(movers, top) };
}
