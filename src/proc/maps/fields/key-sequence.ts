import { slotOf } from '../../../model/fields.ts';
import type { FieldKey } from './field-key.ts';

/**
 * The order of the keys in records: the keys of the last complete record, which the next one should
 * have as well, and how far the current one has got. The current record counts only after `commit`,
 * because it may have to be parsed again from its start, or may turn out not to be a record.
 */
export class KeySequence {
  /** Number of keys in the current record so far. */
  count = 0;
  /** The current record has other keys than the last one. */
  diverged = false;
  #last: FieldKey[] = [];
  #lastCount = 0;
  #current: FieldKey[] = [];

  /** The next key, if the current record is like the last one. */
  get expected(): FieldKey | undefined {
    return this.#last[this.count];
  }

  /** The slot of the previous key; -1 at the start of the record. */
  get previousSlot(): number {
    return (this.diverged ? this.#current : this.#last)[this.count - 1]?.slot ?? -1;
  }

  /** Whether the current record lacks the field that ends every record of this kernel. */
  get lacksEnd(): boolean {
    const last = this.#last[this.#lastCount - 1];
    if (last === undefined || this.count === 0) return last !== undefined;
    // That is VmFlags since Linux 3.8. Before, the last field may be one that not all mappings
    // have.
    return last.slot === slotOf.VmFlags && !this.has(last);
  }

  /** Whether the current record has every key of the last complete one. */
  get hasAllKeys(): boolean {
    if (!this.diverged) return this.count >= this.#lastCount;
    return this.keys.every((key) => this.#current.includes(key));
  }

  /** Whether the current record has the key already. */
  has(key: FieldKey): boolean {
    if (this.diverged) return this.#current.includes(key);
    const at = this.#last.indexOf(key);
    return at >= 0 && at < this.count;
  }

  /** Starts a record whose first `count` keys are already known to be those of the last one. */
  begin(count: number): void {
    this.count = count;
    this.diverged = false;
  }

  /** Adds the next key of the current record. */
  add(key: FieldKey): void {
    if (!this.diverged && key !== this.expected) {
      this.diverged = true;
      this.#current = this.#last.slice(0, this.count);
    }
    if (this.diverged) this.#current.push(key);
    this.count++;
  }

  /** Accepts the current record as complete: the next ones should be like it. */
  commit(): void {
    if (this.diverged) this.#last = this.#current;
    this.#lastCount = this.count;
  }

  /** The keys of the last complete record. */
  get keys(): readonly FieldKey[] {
    return this.#last.slice(0, this.#lastCount);
  }
}
