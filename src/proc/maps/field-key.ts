import type { FieldKind, FieldVocabulary } from '../../model/fields.ts';
import { COLON, latin1 } from './bytes.ts';
import { isWanted, type WantedFields } from './mapping-reader.ts';

/** One key of smaps as a reading knows it. */
export interface FieldKey {
  readonly slot: number;
  /** The key and its colon, so that `Swap` never matches `SwapPss`. */
  readonly bytes: Uint8Array;
  /** Whether its values are kept. */
  readonly wanted: boolean;
  /** Whether its values are text whatever they look like. */
  readonly isText: boolean;
  /** How its last value looked. */
  kind: FieldKind;
}

/** The keys that a reading has met. */
export class FieldKeys {
  readonly #vocabulary: FieldVocabulary;
  readonly #wanted: WantedFields;
  readonly #keys = new Map<string, FieldKey>();

  constructor(vocabulary: FieldVocabulary, wanted: WantedFields) {
    this.#vocabulary = vocabulary;
    this.#wanted = wanted;
  }

  /** The key whose name and colon stand at `at`; undefined where none can. */
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
      // Android's line for a mapping's name: a name may well read `12 kB`.
      isText: name === 'Name',
      kind: 'kib',
    };
    this.#keys.set(name, key);
    return key;
  }
}

/** Printable ASCII without the blank: a key is a heading, which must not reach into a terminal. */
function isKeyByte(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte < 0x7f;
}
