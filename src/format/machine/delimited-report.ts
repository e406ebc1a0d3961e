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
import { cellText, type Delimiting, delimitedField, delimitedLine } from './delimited-text.ts';
import { LiveColumns, type MachineOptions } from './live-columns.ts';

/**
 * One line per mapping below one header line, quoted as RFC 4180 says; the line ends with LF alone,
 * which csv readers take and awk and cut need.
 *
 * The header cannot wait for the last row. It holds all fields that tsmap knows, so that it is the
 * same for each kernel, and those that the first process's first record has besides. A field that
 * turns up later stands in the last column, `other_fields`, as a JSON object. Columns that a user
 * chose are the whole header.
 */
export class DelimitedReport implements MapReport {
  readonly fields: ReportFields;
  readonly totals = [];
  readonly #writer: ByteWriter;
  readonly #delimiting: Delimiting;
  readonly #columns: LiveColumns;
  readonly #hasOthers: boolean;
  #header: readonly string[] = [];
  /** Only a process that is complete keeps the header: what was written of one may be taken back. */
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

  /** Where no process could be read the header stands alone. */
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

  /** Finds the header's columns among those of the process at hand. */
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
    if (typeof value === 'number') this.#writer.decimal(value, 1);
    else this.#field(delimitedField(cellText(value), this.#delimiting));
  }

  #field(field: string): void {
    if (!this.#writer.printable(field)) this.#writer.text(toByteString(field));
  }
}

function readsFields(fields: ReportFields): boolean {
  return fields === 'all' || fields.length > 0;
}
