import type { FieldValue } from '../model/fields.ts';
import type { Kind } from '../model/kind.ts';
import type { Mapping } from '../model/mapping.ts';

/** Numbers by row: 8 bytes each, NaN where there is none. */
class NumberColumnStore {
  #values = new Float64Array(64).fill(Number.NaN);

  set(row: number, value: number): void {
    while (row >= this.#values.length) this.#grow();
    this.#values[row] = value;
  }

  get(row: number): number | undefined {
    const value = this.#values[row];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  #grow(): void {
    const larger = new Float64Array(this.#values.length * 2).fill(Number.NaN);
    larger.set(this.#values);
    this.#values = larger;
  }
}

/**
 * Mappings kept for a layout whose widths are known only at the end, by column instead of by object:
 * 300,000 of them take some 80 MB so, and 600 MB as objects. Equal texts are kept once.
 */
export class RowStore {
  /** How many mappings are kept. */
  count = 0;
  readonly #numbers: NumberColumnStore[] = [];
  readonly #start = new NumberColumnStore();
  readonly #end = new NumberColumnStore();
  readonly #offset = new NumberColumnStore();
  readonly #major = new NumberColumnStore();
  readonly #minor = new NumberColumnStore();
  readonly #texts = new Map<string, string>();
  readonly #perms: string[] = [];
  readonly #kinds: (Kind | undefined)[] = [];
  readonly #counts: (number | undefined)[] = [];
  readonly #inodes: string[] = [];
  readonly #names: string[] = [];
  readonly #textValues: Map<number, string>[] = [];

  /** Keeps a copy of the mapping. */
  add(mapping: Mapping): void {
    const row = this.count++;
    this.#start.set(row, mapping.start);
    this.#end.set(row, mapping.end);
    this.#offset.set(row, mapping.offset);
    this.#major.set(row, mapping.deviceMajor);
    this.#minor.set(row, mapping.deviceMinor);
    this.#perms.push(this.#once(mapping.perms));
    this.#kinds.push(mapping.kind);
    this.#counts.push(mapping.count);
    this.#inodes.push(this.#once(mapping.inode));
    this.#names.push(this.#once(mapping.name));
    for (let slot = 0; slot < mapping.values.length; slot++) {
      this.#addValue(row, slot, mapping.values[slot]);
    }
  }

  /** The mappings in the order of their coming; each is made anew. */
  *[Symbol.iterator](): Generator<Mapping, void, void> {
    for (let row = 0; row < this.count; row++) yield this.#mapping(row);
  }

  #mapping(row: number): Mapping {
    const kind = this.#kinds[row];
    const count = this.#counts[row];
    return {
      ...(kind === undefined ? {} : { kind }),
      ...(count === undefined ? {} : { count }),
      start: this.#start.get(row) ?? 0,
      end: this.#end.get(row) ?? 0,
      perms: this.#perms[row] ?? '',
      offset: this.#offset.get(row) ?? 0,
      deviceMajor: this.#major.get(row) ?? 0,
      deviceMinor: this.#minor.get(row) ?? 0,
      inode: this.#inodes[row] ?? '',
      name: this.#names[row] ?? '',
      values: this.#values(row),
    };
  }

  #values(row: number): FieldValue[] {
    const values: FieldValue[] = this.#numbers.map((column) => column?.get(row));
    this.#textValues.forEach((column, slot) => {
      values[slot] = column.get(row) ?? values[slot];
    });
    return values;
  }

  #addValue(row: number, slot: number, value: FieldValue): void {
    if (typeof value === 'number') {
      this.#numbers[slot] ??= new NumberColumnStore();
      this.#numbers[slot]?.set(row, value);
    } else if (value !== undefined) {
      this.#textValues[slot] ??= new Map();
      this.#textValues[slot]?.set(row, this.#once(value));
    }
  }

  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}
