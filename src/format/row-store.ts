import type { FieldValue } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';

/** The number of rows in a chunk. */
const CHUNK_ROWS = 1024;
/** The number of rows in a chunk that was begun because a row had more fields than the last one. */
const FEW_ROWS = 16;
/** Numbers of a row that need more than 32 bits: start, end and offset. */
const POSITIONS = 3;
/** Codes of a row before its fields: perms, inode, name, device major and minor. */
const FACTS = 5;
/** The highest number that a code contains directly; others are stored in a list. */
const HIGHEST = 2 ** 31 - 2;

/** A block of consecutive rows, all with room for the same number of fields. */
interface Chunk {
  positions: Float64Array;
  codes: Int32Array;
  /** Codes per row. */
  readonly stride: number;
  readonly capacity: number;
  rows: number;
}

/** A view of one stored row; the store moves it from row to row. */
class StoredMapping implements Mapping {
  start = 0;
  end = 0;
  perms = '';
  offset = 0;
  deviceMajor = 0;
  deviceMinor = 0;
  inode = '';
  name = '';
  readonly values: FieldValue[] = [];
}

/**
 * Values as numbers of 32 bits: 0 means none, a count or a size is stored plus one, and a negative
 * number is an index into a list that holds each other value once.
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
 * Copies of mappings, for a layout whose widths are known only at the end: 300,000 mappings with
 * all their fields take about 45 MB as numbers, but 600 MB as objects. Equal texts are kept once.
 * Neither kind nor count of a group is kept: layouts do not show them.
 */
export class RowStore {
  /** The number of mappings. */
  count = 0;
  readonly #codes = new Codes();
  readonly #chunks: Chunk[] = [];
  #chunk: Chunk | undefined;

  /** Keeps a copy of the mapping. */
  add(mapping: Mapping): void {
    const { values } = mapping;
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
    chunk.rows++;
    this.count++;
  }

  /**
   * Calls `each` with the mappings in the order in which they were added. The same object is passed
   * each time, and is valid until `each` returns: that is faster than making 64,000 objects.
   */
  visit(each: (mapping: Mapping) => void): void {
    const mapping = new StoredMapping();
    for (const chunk of this.#chunks) {
      for (let i = 0; i < chunk.rows; i++) each(this.#load(chunk, i, mapping));
    }
  }

  #load(chunk: Chunk, index: number, mapping: StoredMapping): Mapping {
    const { positions, codes, stride } = chunk;
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
    // The previous row may have had more fields, or fewer.
    if (values.length !== stride - FACTS) values.length = stride - FACTS;
    for (let slot = 0; slot < stride - FACTS; slot++) {
      values[slot] = this.#codes.valueOf(codes[at++] as number);
    }
    return mapping;
  }

  /** The chunk for the next row, which has this number of fields. */
  #chunkFor(fields: number): Chunk {
    const chunk = this.#chunk;
    const isFull = chunk === undefined || chunk.rows === chunk.capacity;
    if (!isFull && fields + FACTS <= chunk.stride) return chunk;
    // If each record has a new field, reserving a whole chunk for each would waste memory.
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
