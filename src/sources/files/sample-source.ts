import { inputName } from '../../model/errors/file-error.ts';
import { type Problem, ProblemError } from '../../model/errors/problem.ts';
import { type FieldValue, FieldVocabulary } from '../../model/fields.ts';
import {
  isWanted,
  type MappingReader,
  NOTHING_WRONG,
  type WantedFields,
  wantsFields,
} from '../../proc/maps/mapping-reader.ts';
import type { RecordedSample } from '../../recording/read/decode.ts';
import type { MapSource } from '../map-source.ts';

/** A recorded sample as a source; `file` is the recording. */
export function sampleSource(file: string, sample: RecordedSample): MapSource {
  const { head, detail } = sample;
  const path = `${inputName(file)}: ${head.askedPid}`;
  // Without the pid, which another process may have by now: nothing may read that process.
  const subject: Pick<Problem, 'pid' | 'subject'> = { pid: 0, subject: path };
  return {
    subject,
    canReadAgain: false,
    isNamed: true,
    recorded: sample,
    head: () => head,
    open: (wanted) => {
      if (detail === 'all') return sampleReader(sample, wanted);
      const advice = "'tsmap summary --from' shows what was recorded";
      const message = `was recorded by ${detail}, without its mappings: ${advice}`;
      throw new ProblemError({ ...subject, code: 'missing-file', message });
    },
    path: () => path,
    problem: (error) => {
      if (error instanceof ProblemError) return error;
      throw error;
    },
    isSharedMemoryDevice: (major, minor) => sample.isSharedMemoryDevice(major, minor),
  };
}

/** Reads the mappings of a sample as a reader of smaps would, or of maps if no field is wanted. */
function sampleReader(sample: RecordedSample, wanted: WantedFields): MappingReader {
  const { vocabulary } = sample;
  const isMaps = !wantsFields(wanted);
  const kept = new Set(vocabulary.slots.filter((slot) => isWanted(wanted, vocabulary.name(slot))));
  const keep = (value: FieldValue, slot: number) => (kept.has(slot) ? value : undefined);
  const met = new Replay(vocabulary);
  const rows = sample.readRows();
  return {
    vocabulary: met.vocabulary,
    notes: NOTHING_WRONG,
    next: () => {
      const { value: row } = rows.next();
      if (!row || isMaps) return row ? { ...row, values: [] } : undefined;
      met.meet(row.values);
      return wanted === 'all' || wanted === 'available'
        ? row
        : { ...row, values: row.values.map(keep) };
    },
    close: () => undefined,
  };
}

/**
 * A vocabulary that grows from row to row as it did when the process was read. Reports depend on that:
 * they begin to show a field at the first row that has it.
 */
class Replay {
  readonly vocabulary: FieldVocabulary;
  readonly #recorded: FieldVocabulary;
  readonly #met = new Set<number>();

  constructor(recorded: FieldVocabulary) {
    this.vocabulary = new FieldVocabulary(recorded.register);
    this.#recorded = recorded;
  }

  /** Adds the fields that a row with these values is the first to have. */
  meet(values: readonly FieldValue[]): void {
    const { order, slots } = this.#recorded;
    if (this.#met.size === order.length) return;
    const isNew = (slot: number) => !this.#met.has(slot) && values[slot] !== undefined;
    // Unknown fields are listed in the order in which they were recorded.
    for (const slot of slots.slice(0, slots.findLastIndex(isNew) + 1)) {
      this.vocabulary.slot(this.#recorded.name(slot));
    }
    let previous = -1;
    for (const slot of order) {
      if (isNew(slot)) {
        this.vocabulary.meet(slot, this.#recorded.kind(slot), previous);
        this.#met.add(slot);
      }
      if (this.#met.has(slot)) previous = slot;
    }
  }
}
