import {
  type FieldKind,
  type FieldVocabulary,
  isKnownField,
  slotOf,
} from '../../../model/fields.ts';
import { COLON, latin1 } from '../../source/bytes.ts';
import { isWanted, type WantedFields } from '../mapping-reader.ts';

/** A key of smaps in one reading. */
export interface FieldKey {
  readonly slot: number;
  /** The key with its colon, so that `Swap` does not match `SwapPss`. */
  readonly bytes: Uint8Array;
  /** Whether its values are stored. */
  readonly wanted: boolean;
  /** Whether its values are the flags of VmFlags, each of two characters. */
  readonly isFlags: boolean;
  /** Whether its values may be any text, even if they look like numbers. */
  readonly isName: boolean;
  /** The kind of its values, by the table of known fields, or else as the first record has it. */
  kind: FieldKind | undefined;
}

/** The kernel has about thirty keys. More than this are those of no kernel, and would fill the memory. */
const MAX_KEYS = 1000;

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
    const key = this.#keys.get(name);
    if (key !== undefined || this.#keys.size >= MAX_KEYS) return key;
    return this.#make(name);
  }

  #make(name: string): FieldKey {
    const slot = this.#vocabulary.slot(name);
    const key: FieldKey = {
      slot,
      bytes: Buffer.from(`${name}:`, 'latin1'),
      wanted: isWanted(this.#wanted, name),
      isFlags: slot === slotOf.VmFlags,
      // On Android this is the name of the mapping, and a name may be `12 kB`.
      isName: slot === slotOf.Name,
      kind: isKnownField(name) ? this.#vocabulary.kind(slot) : undefined,
    };
    this.#keys.set(name, key);
    return key;
  }
}

/** Printable ASCII except the blank. Keys become column headings: no control characters there. */
function isKeyByte(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte < 0x7f;
}
