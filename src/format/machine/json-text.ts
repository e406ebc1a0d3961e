import type { MachineColumn, MachineValue } from '../../columns/machine.ts';
import { type ByteString, toByteString } from '../../model/byte-string.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ByteWriter } from '../byte-writer.ts';
import type { EventStream } from './machine-format.ts';

/**
 * Characters that JSON allows unescaped but a terminal or a line reader acts on: DEL, C1 controls, line
 * separators, and characters that reorder text. Escaping them does not change the value.
 */
const NEEDS_ESCAPE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A value as JSON in UTF-8; undefined members are left out. */
export function json(value: object | string): ByteString {
  return toByteString(jsonText(value));
}

/** A value as JSON on one line, without a line end. */
function jsonText(value: object | string): string {
  return JSON.stringify(value).replace(NEEDS_ESCAPE, escaped);
}

/** An object as JSON on one line, with its line end. */
export function jsonLine(value: object): string {
  return `${jsonText(value)}\n`;
}

/** Events over time, one object per line. */
export const eventLines: EventStream = {
  heading: '',
  text: (event) => jsonLine(event.record()),
};

/** A whole document, indented because people read it too, with its last line end. */
export function jsonDocument(value: object): string {
  return `${JSON.stringify(value, undefined, 1).replace(NEEDS_ESCAPE, escaped)}\n`;
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Writes the members of a mapping as `"name":value`, separated by commas. */
export class MemberWriter {
  readonly #writer: ByteWriter;
  readonly #first: string;
  #members: readonly { readonly column: MachineColumn; readonly key: ByteString }[] = [];

  /** `first` is written before the first member. */
  constructor(writer: ByteWriter, first: string) {
    this.#writer = writer;
    this.#first = first;
  }

  /** Sets the columns; their keys are escaped here, once, instead of in every row. */
  use(columns: readonly MachineColumn[]): void {
    this.#members = columns.map((column) => ({ column, key: `${json(column.name)}:` }));
  }

  write(mapping: Mapping): void {
    const writer = this.#writer;
    let before = this.#first;
    for (const { column, key } of this.#members) {
      const value = column.value(mapping);
      if (value === undefined) continue;
      writer.text(before);
      writer.text(key);
      this.#value(value);
      before = ',';
    }
  }

  #value(value: Exclude<MachineValue, undefined>): void {
    if (typeof value === 'number') this.#writer.number(value);
    else if (typeof value === 'boolean') this.#writer.text(value ? 'true' : 'false');
    else this.#writer.text(json(value));
  }
}
