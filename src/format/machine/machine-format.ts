import type { ByteWriter } from '../byte-writer.ts';
import type { MapReport } from '../report.ts';
import type { RecordedEvent, RecordsDocument } from './document.ts';
import type { MachineOptions } from './live-columns.ts';

/** Where a text is written to. */
export interface Destination {
  /** A terminal must not obey what is in names; a program gets the exact bytes. */
  readonly onTerminal: boolean;
}

/** Writes events one by one, as they happen. */
export interface EventStream {
  /** Text before the first event, such as a header line; may be empty. */
  readonly heading: string;
  /** An event, complete with its line end; empty where the format leaves it out. */
  text(event: RecordedEvent): string;
}

/**
 * A format for programs: how each kind of document is written in it. A kind that is added here does
 * not compile until every format writes it.
 */
export interface MachineFormat {
  /** Mappings, written while they are read, so that memory does not grow with their number. */
  mappings(writer: ByteWriter, options: MachineOptions): MapReport;
  /** A finished document, as text with its last line ended. */
  document(document: RecordsDocument, destination: Destination): string;
  /** Events over time; `names` are the members that a flat row may have, in order. */
  stream(names: readonly string[], destination: Destination): EventStream;
}
