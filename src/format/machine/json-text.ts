import type { MachineColumn, MachineValue } from '../../columns/machine.ts';
import { type ByteString, toByteString } from '../../model/byte-string.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ByteWriter } from '../byte-writer.ts';
import type { EventStream } from './machine-format.ts';

/**
 * What JSON lets stand and a terminal or a line reader obeys: DEL, C1 controls, line separators, and
 * the characters that reorder text. Escaped they are the same text, and do no harm on the way.
 */
const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A value as JSON in UTF-8; members that are undefined are left out. */
export function json(value: object | string): ByteString {
  return toByteString(jsonText(value));
}

/** The same as text, on one line that is not ended. */
function jsonText(value: object | string): string {
  return JSON.stringify(value).replace(OBEYED, escaped);
}

/** An object as a line, ended. */
export function jsonLine(value: object): string {
  return `${jsonText(value)}\n`;
}

/** Events over time, one object a line. */
export const eventLines: EventStream = {
  heading: '',
  text: (event) => jsonLine(event.record()),
};

/** A whole document, which people read as well: indented, its last line ended. */
export function jsonDocument(value: object): string {
  return `${JSON.stringify(value, undefined, 1).replace(OBEYED, escaped)}\n`;
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Writes a mapping's members, each `"name":value`, a comma before each but the first. */
export class MemberWriter {
  readonly #writer: ByteWriter;
  readonly #first: string;
  #members: readonly { readonly column: MachineColumn; readonly key: ByteString }[] = [];

  /** `first` is what stands before the first member. */
  constructor(writer: ByteWriter, first: string) {
    this.#writer = writer;
    this.#first = first;
  }

  /** Says which columns there are, so that their keys are escaped once and not once per row. */
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
    if (typeof value === 'number') this.#writer.decimal(value, 1);
    else if (typeof value === 'boolean') this.#writer.text(value ? 'true' : 'false');
    else this.#writer.text(json(value));
  }
}
