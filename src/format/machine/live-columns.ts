import type { Column } from '../../columns/column.ts';
import { type MachineColumn, machineColumns, machineColumnsOf } from '../../columns/machine.ts';
import type { FieldKind, FieldVocabulary } from '../../model/fields.ts';
import type { ReportFields, ReportSubject } from '../report.ts';

/** What a machine format is to show. */
export interface MachineOptions {
  /** The smaps fields to read: none reads maps alone, which knows addresses, sizes and names. */
  readonly fields: ReportFields;
  /** The columns that the user chose; without it all that was read is shown. */
  readonly columns?: readonly Column[] | undefined;
  /** Whether a terminal shows it, which must not obey what stands in names. */
  readonly onTerminal?: boolean;
}

/**
 * The machine columns of the process at hand. They follow the reading: a field that only later
 * records have, or that the kernel prints otherwise there, changes them between two rows.
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

  /** Starts a process, from nothing of the one before. */
  begin(subject: ReportSubject): void {
    this.#subject = subject;
    this.#update(subject);
  }

  /** Follows the reading to the row at hand; true where the columns changed. */
  refresh(): boolean {
    const subject = this.#subject;
    const isFixed = this.#options.columns !== undefined;
    if (isFixed || subject === undefined || !this.#hasChanged(subject.vocabulary)) return false;
    this.#update(subject);
    return true;
  }

  /** All columns that the fields known to a vocabulary give, met or not. */
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
