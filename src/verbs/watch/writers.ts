import { moved } from '../../aggregate/trends/movers.ts';
import { type Delimiting, delimitedRecords } from '../../format/machine/delimited-text.ts';
import { jsonText } from '../../format/machine/json-text.ts';
import type { Style } from '../../format/style.ts';
import type { Moment, MoverGrouping } from '../../model/moment.ts';
import type { PlainRows } from './plain-rows.ts';
import { endingRecord, lineNames, lineRecords, momentRecord } from './records.ts';
import type { WatchView } from './watcher.ts';

/** What a view writes of what it hears; the rest, problems and missed ticks, is said on stderr. */
export type WatchWriter = Pick<WatchView, 'moment' | 'ending'>;

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
    moment: (moment) => {
      if (!hasHeading) print(`${header.open}${rows.heading()}${header.close}\n`);
      hasHeading = true;
      print(`${rows.rows(withMoved(moment, top)).join('\n')}\n`);
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
    moment: (moment, missed) => write(momentRecord(withMoved(moment, top), missed, by)),
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
    moment: (moment, missed) => {
      const records = lineRecords(withMoved(moment, top), missed, by);
      print(delimitedRecords(records, { ...delimiting, columns, header: false }));
    },
    ending: () => {},
  };
}

function withMoved(moment: Moment, top: number): Moment {
  const { movers } = moment;
  return movers === undefined ? moment : { ...moment, movers: moved(movers, top) };
}
