import type { ByteWriter } from '../byte-writer.ts';
import type { MapReport } from '../report.ts';
import type { RecordedEvent, RecordsDocument } from './document.ts';
import type { MachineOptions } from './live-columns.ts';

/** Where text is written to. */
export interface Destination {
  /** Whether control characters in names must be replaced; programs get the exact bytes. */
  readonly onTerminal: boolean;
}

/** Writes events one by one, as they happen. */
export interface EventStream {
  /** Text before the first event, such as a header line; may be empty. */
  readonly heading: string;
  /** An event, with its line end; empty if the format leaves it out. */
  text(event: RecordedEvent): string;
}

/**
 * A format for programs: how it writes each kind of document. After a kind is added here, the program
 * does not compile until every format implements it.
 */
export interface MachineFormat {
  /** Mappings, written while they are read, so that memory does not grow with their number. */
  mappings(writer: ByteWriter, options: MachineOptions): MapReport;
  /** A finished document, as text with its last line ended. */
  document(document: RecordsDocument, destination: Destination): string;
  /** Events over time; `names` are the members that a flat row may have, in order. */
  stream(names: readonly string[], destination: Destination): EventStream;
}
