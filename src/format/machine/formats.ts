import type { ByteWriter } from '../byte-writer.ts';
import type { MapReport } from '../report.ts';
import type { MachineOptions } from './live-columns.ts';

/** A format that programs read. */
export interface MachineFormat {
  /** One sentence for users. */
  readonly help: string;
  /** Loads the format, which start-up does without where it is not asked for, and makes a report. */
  make(writer: ByteWriter, options: MachineOptions): Promise<MapReport>;
}

/** The names of the formats that programs read. */
export type MachineFormatName = 'json' | 'ndjson' | 'csv' | 'tsv';

const delimited = async (delimiter: string, writer: ByteWriter, options: MachineOptions) =>
  new (await import('./delimited.ts')).DelimitedReport(delimiter, writer, options);

/** THE list of formats that programs read: one entry per format. */
export const FORMATS: Readonly<Record<MachineFormatName, MachineFormat>> = {
  json: {
    help: 'One JSON document with totals and problems, one mapping a line.',
    make: async (writer, options) => new (await import('./json.ts')).JsonReport(writer, options),
  },
  ndjson: {
    help: 'One JSON object a line, one for each mapping.',
    make: async (writer, options) =>
      new (await import('./ndjson.ts')).NdjsonReport(writer, options),
  },
  csv: {
    help: 'Comma-separated values below a header line.',
    make: (writer, options) => delimited(',', writer, options),
  },
  tsv: {
    help: 'Values separated by tabs below a header line.',
    make: (writer, options) => delimited('\t', writer, options),
  },
};
