import {
  KERNEL_NAMES,
  type MachineColumn,
  type MachineValue,
  RESERVED,
} from '../../columns/machine.ts';
import { toByteString } from '../../model/byte-string.ts';
import { FieldVocabulary } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ByteWriter } from '../byte-writer.ts';
import type { MapReport, ReportFields, ReportSubject } from '../report.ts';
import { type Delimiting, delimitedField, delimitedLine, valueText } from './delimited-text.ts';
import { LiveColumns, type MachineOptions } from './live-columns.ts';

/**
 * A header line, then a line for each mapping, quoted as RFC 4180 says. Lines end with LF alone, which
 * CSV readers accept and awk and cut need.
 *
 * The header is written before the last row is read, so it cannot list all fields. It has every field
 * that tsmap knows, so that it is the same for all kernels, and the other fields of the first record of
 * the first process. Fields that appear later go into the last column, `other_fields`, as a JSON object.
 * If the user chose columns, they are the whole header.
 */
export class DelimitedReport implements MapReport {
  readonly fields: ReportFields;
  readonly totals = [];
  readonly #writer: ByteWriter;
  readonly #delimiting: Delimiting;
  readonly #columns: LiveColumns;
  readonly #hasOthers: boolean;
  #header: readonly string[] = [];
  /** Set once a process is complete: until then its output, header included, may be rolled back. */
  #hasHeader = false;
  #pid = 0;
  #cells: readonly (MachineColumn | undefined)[] = [];
  #others: readonly MachineColumn[] = [];

  constructor(delimiter: string, writer: ByteWriter, options: MachineOptions) {
    this.fields = options.fields;
    this.#delimiting = { delimiter, onTerminal: options.onTerminal ?? false };
    this.#writer = writer;
    this.#columns = new LiveColumns(options);
    this.#hasOthers = options.columns === undefined && readsFields(options.fields);
  }

  title(): void {}

  begin(subject: ReportSubject): void {
    if (!this.#hasHeader) this.#writeHeader(this.#columns.all(subject));
    this.#pid = subject.head.pid;
    this.#columns.begin(subject);
    this.#arrange();
  }

  row(mapping: Mapping): void {
    if (this.#columns.refresh()) this.#arrange();
    this.#writer.decimal(this.#pid, 1);
    for (const column of this.#cells) this.#cell(column?.value(mapping));
    if (this.#hasOthers) this.#cell(this.#otherFields(mapping));
    this.#writer.text('\n');
  }

  end(): void {
    this.#hasHeader = true;
  }

  abandon(): void {
    this.#hasHeader = true;
  }

  /** Writes the header if no process could be read. */
  close(): void {
    if (this.#hasHeader) return;
    const vocabulary = new FieldVocabulary();
    this.#writeHeader(this.#columns.all({ vocabulary, names: KERNEL_NAMES }));
  }

  #writeHeader(columns: readonly MachineColumn[]): void {
    this.#header = columns.map(({ name }) => name);
    const last = this.#hasOthers ? [RESERVED.otherFields] : [];
    const names = [RESERVED.pid, ...this.#header, ...last];
    this.#writer.text(toByteString(delimitedLine(names, this.#delimiting)));
  }

  /** Matches the columns of the current process with the header. */
  #arrange(): void {
    const { list } = this.#columns;
    const byName = new Map(list.map((column) => [column.name, column]));
    this.#cells = this.#header.map((name) => byName.get(name));
    this.#others = list.filter(({ name }) => !this.#header.includes(name));
  }

  #otherFields(mapping: Mapping): string | undefined {
    const met = this.#others.flatMap((column) => {
      const value = column.value(mapping);
      return value === undefined ? [] : [[column.name, value]];
    });
    return met.length === 0 ? undefined : JSON.stringify(Object.fromEntries(met));
  }

  #cell(value: MachineValue): void {
    this.#writer.text(this.#delimiting.delimiter);
    if (value === undefined) return;
    if (typeof value === 'number') this.#writer.number(value);
    else this.#field(delimitedField(valueText(value), this.#delimiting));
  }

  #field(field: string): void {
    if (!this.#writer.printable(field)) this.#writer.text(toByteString(field));
  }
}

function readsFields(fields: ReportFields): boolean {
  return fields === 'all' || fields.length > 0;
}
