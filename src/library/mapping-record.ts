import type { FieldVocabulary } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';

/** A mapping as plain data, which stays valid. */
export interface MappingRecord extends Omit<Mapping, 'values' | 'count'> {
  /**
   * The smaps fields by the kernel's names: numbers in KiB (where the kernel prints "kB"), plain
   * counts (`THPeligible`) and text (`VmFlags`). A field that the kernel did not print is absent.
   */
  readonly fields: Readonly<Record<string, number | string>>;
}

/** Makes records of the mappings of one reading, with those fields that `isShown` accepts. */
export class RecordMaker {
  readonly #vocabulary: FieldVocabulary;
  readonly #isShown: (field: string) => boolean;
  #fields: readonly { readonly slot: number; readonly name: string }[] = [];
  #known = 0;

  constructor(vocabulary: FieldVocabulary, isShown: (field: string) => boolean = () => true) {
    this.#vocabulary = vocabulary;
    this.#isShown = isShown;
  }

  record(mapping: Mapping): MappingRecord {
    const { values } = mapping;
    const fields: Record<string, number | string> = {};
    for (const { slot, name } of this.#shownFields()) {
      const value = values[slot];
      if (value !== undefined) fields[name] = value;
    }
    // Member by member: with a spread of the reader's object, reading maps took three times as long.
    return {
      start: mapping.start,
      end: mapping.end,
      perms: mapping.perms,
      offset: mapping.offset,
      deviceMajor: mapping.deviceMajor,
      deviceMinor: mapping.deviceMinor,
      inode: mapping.inode,
      name: mapping.name,
      kind: mapping.kind,
      owner: mapping.owner,
      fields,
    };
  }

  /** The fields to show so far: a later record can have fields that no earlier one had. */
  #shownFields() {
    const { order } = this.#vocabulary;
    if (order.length !== this.#known) {
      this.#known = order.length;
      const all = order.map((slot) => ({ slot, name: this.#vocabulary.name(slot) }));
      this.#fields = all.filter(({ name }) => this.#isShown(name));
    }
    return this.#fields;
  }
}
