import type { FieldValue } from '../model/fields.ts';
import type { Kind } from '../model/kind.ts';
import type { Mapping } from '../model/mapping.ts';

const CHUNK_ROWS = 4096;

/**
 * Numbers by row: 8 bytes each, NaN where there is none. In chunks: an array that grows is there
 * twice while it does, and half empty afterwards.
 */
class NumberColumnStore {
  readonly #chunks: Float64Array[] = [];

  set(row: number, value: number): void {
    const index = Math.floor(row / CHUNK_ROWS);
    const chunk = this.#chunks[index] ?? this.#grow(index);
    chunk[row % CHUNK_ROWS] = value;
  }

  get(row: number): number | undefined {
    const value = this.#chunks[Math.floor(row / CHUNK_ROWS)]?.[row % CHUNK_ROWS];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  #grow(index: number): Float64Array {
    while (this.#chunks.length <= index) {
      this.#chunks.push(new Float64Array(CHUNK_ROWS).fill(Number.NaN));
    }
    return this.#chunks[index] as Float64Array;
  }
}

/** A mapping that was kept; the store moves it from row to row. */
class StoredMapping implements Mapping {
  start = 0;
  end = 0;
  perms = '';
  offset = 0;
  deviceMajor = 0;
  deviceMinor = 0;
  inode = '';
  name = '';
  kind?: Kind;
  count?: number;
  readonly values: FieldValue[] = [];
}

/**
 * Mappings kept for a layout whose widths are known only at the end, by column instead of by object:
 * 300,000 of them take some 80 MB so, and 600 MB as objects. Equal texts are kept once.
 */
export class RowStore {
  /** How many mappings are kept. */
  count = 0;
  readonly #numbers: (NumberColumnStore | undefined)[] = [];
  readonly #start = new NumberColumnStore();
  readonly #end = new NumberColumnStore();
  readonly #offset = new NumberColumnStore();
  readonly #major = new NumberColumnStore();
  readonly #minor = new NumberColumnStore();
  readonly #texts = new Map<string, string>();
  readonly #perms: string[] = [];
  readonly #kinds: Kind[] = [];
  readonly #counts: number[] = [];
  readonly #inodes: string[] = [];
  readonly #names: string[] = [];
  readonly #textValues: (Map<number, string> | undefined)[] = [];

  /** Keeps a copy of the mapping. */
  add(mapping: Mapping): void {
    const row = this.count++;
    this.#start.set(row, mapping.start);
    this.#end.set(row, mapping.end);
    this.#offset.set(row, mapping.offset);
    this.#major.set(row, mapping.deviceMajor);
    this.#minor.set(row, mapping.deviceMinor);
    this.#perms.push(mapping.perms);
    this.#inodes.push(this.#once(mapping.inode));
    this.#names.push(this.#once(mapping.name));
    const { kind, count, values } = mapping;
    if (kind !== undefined) this.#kinds[row] = kind;
    if (count !== undefined) this.#counts[row] = count;
    for (let slot = 0; slot < values.length; slot++) {
      const value = values[slot];
      if (value !== undefined) this.#addValue(row, slot, value);
    }
  }

  /** The mappings in the order of their coming; each is made anew. */
  *[Symbol.iterator](): Generator<Mapping, void, void> {
    for (let row = 0; row < this.count; row++) yield this.#load(row, new StoredMapping());
  }

  /**
   * Shows `visit` the mappings in the order of their coming. It may be the same object each time,
   * which holds until `visit` returns: to make 64,000 takes longer than to fill one as often.
   */
  show(visit: (mapping: Mapping) => void): void {
    const isPlain = this.#kinds.length === 0 && this.#counts.length === 0;
    const mapping = new StoredMapping();
    for (let row = 0; row < this.count; row++) {
      visit(this.#load(row, isPlain ? mapping : new StoredMapping()));
    }
  }

  #load(row: number, mapping: StoredMapping): Mapping {
    const kind = this.#kinds[row];
    const count = this.#counts[row];
    if (kind !== undefined) mapping.kind = kind;
    if (count !== undefined) mapping.count = count;
    mapping.start = this.#start.get(row) ?? 0;
    mapping.end = this.#end.get(row) ?? 0;
    mapping.perms = this.#perms[row] ?? '';
    mapping.offset = this.#offset.get(row) ?? 0;
    mapping.deviceMajor = this.#major.get(row) ?? 0;
    mapping.deviceMinor = this.#minor.get(row) ?? 0;
    mapping.inode = this.#inodes[row] ?? '';
    mapping.name = this.#names[row] ?? '';
    this.#loadValues(row, mapping.values);
    return mapping;
  }

  #loadValues(row: number, values: FieldValue[]): void {
    const slots = Math.max(this.#numbers.length, this.#textValues.length);
    for (let slot = 0; slot < slots; slot++) {
      values[slot] = this.#textValues[slot]?.get(row) ?? this.#numbers[slot]?.get(row);
    }
  }

  #addValue(row: number, slot: number, value: number | string): void {
    if (typeof value === 'number') {
      const column = this.#numbers[slot] ?? new NumberColumnStore();
      this.#numbers[slot] = column;
      column.set(row, value);
    } else {
      const column = this.#textValues[slot] ?? new Map<number, string>();
      this.#textValues[slot] = column;
      column.set(row, this.#once(value));
    }
  }

  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}
