import type { Column } from '../../columns/column.ts';
import { type MachineColumn, machineColumns, machineColumnsOf } from '../../columns/machine.ts';
import type { FieldKind, FieldVocabulary } from '../../model/fields.ts';
import type { ReportFields, ReportSubject } from '../report.ts';

/** What a machine format shows. */
export interface MachineOptions {
  /** The smaps fields to read; if there are none, only maps is read. */
  readonly fields: ReportFields;
  /** The columns that the user chose; undefined shows everything that is read. */
  readonly columns?: readonly Column[] | undefined;
  /** Whether the output goes to a terminal, which must not act on characters in names. */
  readonly onTerminal?: boolean;
}

/**
 * The machine columns of the current process. They may change between two rows: a later record can
 * have another field, or the kernel can print a field in another form.
 */
export class LiveColumns {
  /** The columns as of the last `begin` or `refresh`. */
  list: readonly MachineColumn[] = [];
  readonly #options: MachineOptions;
  #subject: ReportSubject | undefined;
  #kinds: FieldKind[] = [];

  constructor(options: MachineOptions) {
    this.#options = options;
  }

  /** Starts a process; nothing of the previous one remains. */
  begin(subject: ReportSubject): void {
    this.#subject = subject;
    this.#update(subject);
  }

  /** Updates the columns for the current row; returns whether they changed. */
  refresh(): boolean {
    const subject = this.#subject;
    const isFixed = this.#options.columns !== undefined;
    if (isFixed || subject === undefined || !this.#hasChanged(subject.vocabulary)) return false;
    this.#update(subject);
    return true;
  }

  /** The columns of all fields that a vocabulary knows, whether they were met or not. */
  all({ vocabulary, names }: Pick<ReportSubject, 'vocabulary' | 'names'>): MachineColumn[] {
    const { columns, fields } = this.#options;
    if (columns !== undefined) return machineColumnsOf(columns, names);
    return machineColumns(vocabulary, fields, vocabulary.slots);
  }

  #update(subject: ReportSubject): void {
    const { vocabulary, names } = subject;
    const { columns, fields } = this.#options;
    this.#kinds = vocabulary.order.map((slot) => vocabulary.kind(slot));
    this.list =
      columns === undefined ? machineColumns(vocabulary, fields) : machineColumnsOf(columns, names);
  }

  #hasChanged(vocabulary: FieldVocabulary): boolean {
    const { order } = vocabulary;
    if (order.length !== this.#kinds.length) return true;
    for (let i = 0; i < order.length; i++) {
      if (vocabulary.kind(order[i] as number) !== this.#kinds[i]) return true;
    }
    return false;
  }
}
