import { inBytes } from '../../columns/column.ts';
import {
  isMet,
  type MachineColumn,
  type MachineTotal,
  machineTotals,
} from '../../columns/machine.ts';
import type { FieldVocabulary } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ColumnSums } from '../report.ts';

/**
 * The totals of one process. Columns that are known before the first row are added up by the caller;
 * columns of fields that only later records have are added up here.
 */
export class MachineTotals {
  /** The totals that the caller adds up. */
  readonly asked: readonly MachineTotal[];
  readonly #late = new Map<string, { readonly total: MachineTotal; sum: number }>();

  constructor(columns: readonly MachineColumn[]) {
    this.asked = machineTotals(columns);
  }

  /** To be called with the new columns after each change. */
  follow(columns: readonly MachineColumn[]): void {
    const known = new Set(this.asked.map(({ name }) => name));
    for (const total of machineTotals(columns)) {
      if (!known.has(total.name) && !this.#late.has(total.name)) {
        this.#late.set(total.name, { total, sum: 0 });
      }
    }
  }

  /** Adds a mapping to the totals of late columns. */
  add(mapping: Mapping): void {
    for (const late of this.#late.values()) late.sum += late.total.column.value(mapping) ?? 0;
  }

  /** The totals by name, sizes in bytes; only of columns whose fields the reading met. */
  members(sums: ColumnSums, vocabulary: FieldVocabulary): Record<string, number> {
    const met = this.asked.filter(({ column }) => isMet(column, vocabulary));
    const asked = met.map(({ name, column }) => [name, inBytes(column, sums.sum(column))]);
    const late = [...this.#late].map(([name, { total, sum }]) => [
      name,
      inBytes(total.column, sum),
    ]);
    return Object.fromEntries([...asked, ...late]);
  }
}
