import type { FieldKind, FieldVocabulary } from '../../model/fields.ts';
import { COLON, latin1 } from '../source/bytes.ts';
import { isWanted, type WantedFields } from './mapping-reader.ts';

/** A key of smaps in one reading. */
export interface FieldKey {
  readonly slot: number;
  /** The key with its colon, so that `Swap` does not match `SwapPss`. */
  readonly bytes: Uint8Array;
  /** Whether its values are stored. */
  readonly wanted: boolean;
  /** Whether its values are text even if they look like numbers. */
  readonly isText: boolean;
  /** The kind of its last value. */
  kind: FieldKind;
}

/** The keys that one reading has seen. */
export class FieldKeys {
  readonly #vocabulary: FieldVocabulary;
  readonly #wanted: WantedFields;
  readonly #keys = new Map<string, FieldKey>();

  constructor(vocabulary: FieldVocabulary, wanted: WantedFields) {
    this.#vocabulary = vocabulary;
    this.#wanted = wanted;
  }

  /** The key whose name and colon are at `at`; undefined if there is none. */
  lookUp(bytes: Buffer, at: number): FieldKey | undefined {
    let colon = at;
    while (bytes[colon] !== COLON) {
      if (!isKeyByte(bytes[colon])) return undefined;
      colon++;
    }
    if (colon === at) return undefined;
    const name = latin1(bytes, at, colon);
    return this.#keys.get(name) ?? this.#make(name);
  }

  #make(name: string): FieldKey {
    const key: FieldKey = {
      slot: this.#vocabulary.slot(name),
      bytes: Buffer.from(`${name}:`, 'latin1'),
      wanted: isWanted(this.#wanted, name),
      // On Android this is the name of the mapping, and a name may be `12 kB`.
      isText: name === 'Name',
      kind: 'kib',
    };
    this.#keys.set(name, key);
    return key;
  }
}

/** Printable ASCII except the blank. Keys become column headings: no control characters there. */
function isKeyByte(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte < 0x7f;
}
