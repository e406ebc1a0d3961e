import { RESERVED } from '../../columns/machine.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ByteWriter } from '../byte-writer.ts';
import type { MapReport, ReportFields, ReportSubject } from '../report.ts';
import { eventLines, jsonLine, MemberWriter } from './json-text.ts';
import { LiveColumns, type MachineOptions } from './live-columns.ts';
import type { MachineFormat } from './machine-format.ts';

/** One JSON object per line. */
export const ndjsonFormat: MachineFormat = {
  mappings: (writer, options) => new NdjsonReport(writer, options),
  document: (document) => document.records().map(jsonLine).join(''),
  stream: () => eventLines,
};

/** One object for each mapping, with the id of its process first; problems are left out. */
class NdjsonReport implements MapReport {
  readonly fields: ReportFields;
  readonly totals = [];
  readonly #writer: ByteWriter;
  readonly #columns: LiveColumns;
  readonly #members: MemberWriter;
  #before = '';

  constructor(writer: ByteWriter, options: MachineOptions) {
    this.fields = options.fields;
    this.#writer = writer;
    this.#columns = new LiveColumns(options);
    this.#members = new MemberWriter(writer, ',');
  }

  title(): void {}

  begin(subject: ReportSubject): void {
    this.#columns.begin(subject);
    this.#members.use(this.#columns.list);
    this.#before = `{"${RESERVED.pid}":${subject.head.pid}`;
  }

  row(mapping: Mapping): void {
    if (this.#columns.refresh()) this.#members.use(this.#columns.list);
    this.#writer.text(this.#before);
    this.#members.write(mapping);
    this.#writer.text('}\n');
  }

  end(): void {}
}
