import type { MachineFormat } from './machine-format.ts';

/** What the program must know about a format before the format is loaded. */
interface FormatEntry {
  /** Whether the format holds only the records of a document, without the members around them. */
  readonly isFlat: boolean;
  /** Loads the format; one that is not used does not slow down the start. */
  load(): Promise<MachineFormat>;
}

/** THE list of formats for programs: one entry and one file each. */
export const FORMATS = {
  json: {
    isFlat: false,
    load: async () => (await import('./json.ts')).jsonFormat,
  },
  ndjson: {
    isFlat: true,
    load: async () => (await import('./ndjson.ts')).ndjsonFormat,
  },
  csv: {
    isFlat: true,
    load: async () => (await import('./delimited.ts')).delimitedFormat(','),
  },
  tsv: {
    isFlat: true,
    load: async () => (await import('./delimited.ts')).delimitedFormat('\t'),
  },
} satisfies Readonly<Record<string, FormatEntry>>;

/** The name of a format for programs, as `--format` takes it. */
export type MachineFormatName = keyof typeof FORMATS;
