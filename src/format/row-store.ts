import type { FieldValue } from '../model/fields.ts';
import type { Kind } from '../model/kind.ts';
import type { Mapping } from '../model/mapping.ts';

const CHUNK_ROWS = 1024;
/** The same where the chunk before was given up early, for want of room for a field. */
const FEW_ROWS = 16;
/** Per row: start, end and offset, which need more than 32 bits. */
const POSITIONS = 3;
/** Per row, before the codes of its fields: perms, inode, name, device. */
const FACTS = 5;
/** The highest number that is its own code. */
const HIGHEST = 2 ** 31 - 2;

/** Some rows, one behind the other; those of a chunk have room for the same number of fields. */
interface Chunk {
  positions: Float64Array;
  codes: Int32Array;
  /** How many codes a row has. */
  readonly stride: number;
  readonly capacity: number;
  rows: number;
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
 * Values as numbers of 32 bits: 0 where there is none, a count or a size is one more than itself, and
 * for all else a negative number says where it stands in a list that holds it once.
 */
class Codes {
  readonly #others: (number | string)[] = [];
  readonly #codeOf = new Map<number | string, number>();

  codeOf(value: FieldValue): number {
    if (value === undefined) return 0;
    if (typeof value === 'number' && value >= 0 && value <= HIGHEST && (value | 0) === value) {
      return value + 1;
    }
    return this.#codeOf.get(value) ?? this.#add(value);
  }

  valueOf(code: number): FieldValue {
    if (code > 0) return code - 1;
    return code === 0 ? undefined : this.#others[-1 - code];
  }

  #add(value: number | string): number {
    const code = -this.#others.push(value);
    this.#codeOf.set(value, code);
    return code;
  }
}

/**
 * Mappings kept for a layout whose widths are known only at the end: 300,000 of them take some 45 MB
 * as numbers row by row, and 600 MB as objects. Equal texts are kept once.
 */
export class RowStore {
  /** How many mappings are kept. */
  count = 0;
  readonly #codes = new Codes();
  readonly #chunks: Chunk[] = [];
  readonly #kinds: Kind[] = [];
  readonly #counts: number[] = [];
  #chunk: Chunk | undefined;

  /** Keeps a copy of the mapping. */
  add(mapping: Mapping): void {
    const { kind, count, values } = mapping;
    const chunk = this.#chunkFor(values.length);
    const { positions, codes, stride } = chunk;
    let at = chunk.rows * POSITIONS;
    positions[at++] = mapping.start;
    positions[at++] = mapping.end;
    positions[at] = mapping.offset;
    at = chunk.rows * stride;
    codes[at++] = this.#codes.codeOf(mapping.perms);
    codes[at++] = this.#codes.codeOf(mapping.inode);
    codes[at++] = this.#codes.codeOf(mapping.name);
    codes[at++] = this.#codes.codeOf(mapping.deviceMajor);
    codes[at++] = this.#codes.codeOf(mapping.deviceMinor);
    for (let slot = 0; slot < values.length; slot++) {
      codes[at++] = this.#codes.codeOf(values[slot]);
    }
    if (kind !== undefined) this.#kinds[this.count] = kind;
    if (count !== undefined) this.#counts[this.count] = count;
    chunk.rows++;
    this.count++;
  }

  /** The mappings in the order of their coming; each is made anew. */
  *[Symbol.iterator](): Generator<Mapping, void, void> {
    let row = 0;
    for (const chunk of this.#chunks) {
      for (let i = 0; i < chunk.rows; i++) yield this.#load(chunk, i, row++, new StoredMapping());
    }
  }

  /**
   * Shows `visit` the mappings in the order of their coming. It may be the same object each time,
   * which holds until `visit` returns: to make 64,000 takes longer than to fill one as often.
   */
  show(visit: (mapping: Mapping) => void): void {
    const isPlain = this.#kinds.length === 0 && this.#counts.length === 0;
    const mapping = new StoredMapping();
    let row = 0;
    for (const chunk of this.#chunks) {
      for (let i = 0; i < chunk.rows; i++) {
        visit(this.#load(chunk, i, row++, isPlain ? mapping : new StoredMapping()));
      }
    }
  }

  #load(chunk: Chunk, index: number, row: number, mapping: StoredMapping): Mapping {
    const { positions, codes, stride } = chunk;
    const kind = this.#kinds[row];
    const count = this.#counts[row];
    if (kind !== undefined) mapping.kind = kind;
    if (count !== undefined) mapping.count = count;
    let at = index * POSITIONS;
    mapping.start = positions[at++] as number;
    mapping.end = positions[at++] as number;
    mapping.offset = positions[at] as number;
    at = index * stride;
    mapping.perms = this.#codes.valueOf(codes[at++] as number) as string;
    mapping.inode = this.#codes.valueOf(codes[at++] as number) as string;
    mapping.name = this.#codes.valueOf(codes[at++] as number) as string;
    mapping.deviceMajor = this.#codes.valueOf(codes[at++] as number) as number;
    mapping.deviceMinor = this.#codes.valueOf(codes[at++] as number) as number;
    const { values } = mapping;
    // The row before may have had more.
    if (values.length !== stride - FACTS) values.length = stride - FACTS;
    for (let slot = 0; slot < stride - FACTS; slot++) {
      values[slot] = this.#codes.valueOf(codes[at++] as number);
    }
    return mapping;
  }

  /** The chunk that takes the next row, with room for so many fields. */
  #chunkFor(fields: number): Chunk {
    const chunk = this.#chunk;
    const isFull = chunk === undefined || chunk.rows === chunk.capacity;
    if (!isFull && fields + FACTS <= chunk.stride) return chunk;
    // A text whose every record has a field of its own must not reserve a chunk for each.
    if (!isFull) trim(chunk);
    const stride = fields + FACTS;
    const capacity = isFull ? CHUNK_ROWS : FEW_ROWS;
    const next: Chunk = {
      positions: new Float64Array(capacity * POSITIONS),
      codes: new Int32Array(capacity * stride),
      stride,
      capacity,
      rows: 0,
    };
    this.#chunks.push(next);
    this.#chunk = next;
    return next;
  }
}

function trim(chunk: Chunk): void {
  chunk.positions = chunk.positions.slice(0, chunk.rows * POSITIONS);
  chunk.codes = chunk.codes.slice(0, chunk.rows * chunk.stride);
}
