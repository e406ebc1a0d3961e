import { slotOf } from '../../model/fields.ts';
import type { FieldKey } from './field-key.ts';

/**
 * The keys of the records in their order: those of the last whole record, which the next is expected
 * to have, and how far the present one has come. Nothing of the present one counts before `commit`,
 * since a record may have to be read again from its start, or prove to be none.
 */
export class KeySequence {
  /** How many keys the present record has so far. */
  count = 0;
  /** The present record has other keys than the last one. */
  diverged = false;
  #last: FieldKey[] = [];
  #lastCount = 0;
  #present: FieldKey[] = [];

  /** The key that comes next if the record is like the last one. */
  get expected(): FieldKey | undefined {
    return this.#last[this.count];
  }

  /** The slot of the key before the next, -1 at the record's start. */
  get previousSlot(): number {
    return (this.diverged ? this.#present : this.#last)[this.count - 1]?.slot ?? -1;
  }

  /** Whether the present record ends before the field that closes every record of this kernel. */
  get lacksEnd(): boolean {
    const last = this.#last[this.#lastCount - 1];
    // Since 3.8 that is VmFlags. Before, the last field may be one that not all mappings have.
    const isShorter = !this.diverged && this.count < this.#lastCount;
    return isShorter && (this.count === 0 || last?.slot === slotOf.VmFlags);
  }

  /** Starts a record of which `count` keys, those of the last one, are there already. */
  begin(count: number): void {
    this.count = count;
    this.diverged = false;
  }

  /** Takes the present record's next key. */
  add(key: FieldKey): void {
    if (!this.diverged && key !== this.expected) {
      this.diverged = true;
      this.#present = this.#last.slice(0, this.count);
    }
    if (this.diverged) this.#present.push(key);
    this.count++;
  }

  /** Whether the key may still come in a record like the last one; always where there is no last. */
  mayFollow(key: FieldKey): boolean {
    if (this.#last.length > 0) return this.#last.includes(key, this.count);
    return !this.#present.includes(key);
  }

  /** The present record is whole: the next ones are expected to be like it. */
  commit(): void {
    if (this.diverged) this.#last = this.#present;
    this.#lastCount = this.count;
  }

  /** The keys of the last record, as far as it went. */
  get keys(): readonly FieldKey[] {
    return this.#last.slice(0, this.#lastCount);
  }
}
