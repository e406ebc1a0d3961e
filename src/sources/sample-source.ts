import { type FieldValue, FieldVocabulary } from '../model/fields.ts';
import { inputName } from '../model/file-error.ts';
import { type Problem, ProblemError } from '../model/problem.ts';
import {
  isWanted,
  type MappingReader,
  type ReaderNotes,
  type WantedFields,
  wantsFields,
} from '../proc/maps/mapping-reader.ts';
import type { RecordedSample } from '../recording/read/decode.ts';
import type { MapSource } from './map-source.ts';

/** What a reader of a recording has to say: what was wrong with a text was told when it was read. */
const NOTHING_WRONG: ReaderNotes = {
  malformed: undefined,
  malformedCount: 0,
  wentBackwards: false,
  wasCut: false,
};

/** A recorded sample, to be read as its process was; `file` is the recording. */
export function sampleSource(file: string, sample: RecordedSample): MapSource {
  const { head, detail } = sample;
  const path = `${inputName(file)}: ${head.askedPid}`;
  // Not by the pid alone: a process that has this number now must not be looked at.
  const subject: Pick<Problem, 'pid' | 'subject'> = { pid: 0, subject: path };
  return {
    subject,
    canReadAgain: false,
    recorded: sample,
    head: () => head,
    open: (wanted) => {
      if (detail === 'all') return sampleReader(sample, wanted);
      const message = `was recorded by ${detail}, without its mappings: 'tsmap summary --from' shows what there is`;
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

/** Reads the rows of a sample as the process's own file was read: of maps without its fields. */
function sampleReader({ rows, vocabulary }: RecordedSample, wanted: WantedFields): MappingReader {
  const isMaps = !wantsFields(wanted);
  const kept = new Set(vocabulary.slots.filter((slot) => isWanted(wanted, vocabulary.name(slot))));
  const keep = (value: FieldValue, slot: number) => (kept.has(slot) ? value : undefined);
  const met = new Replay(vocabulary);
  let at = 0;
  return {
    vocabulary: met.vocabulary,
    notes: NOTHING_WRONG,
    next: () => {
      const row = rows[at++];
      if (row === undefined || isMaps) return row && { ...row, values: [] };
      met.meet(row.values);
      return wanted === 'all' ? row : { ...row, values: row.values.map(keep) };
    },
    close: () => undefined,
  };
}

/**
 * A vocabulary that grows from row to row as it did when the process was read: reports follow it,
 * and have a field only from the row on that had it first.
 */
class Replay {
  readonly vocabulary: FieldVocabulary;
  readonly #recorded: FieldVocabulary;
  readonly #met = new Set<number>();

  constructor(recorded: FieldVocabulary) {
    this.vocabulary = new FieldVocabulary(recorded.register);
    this.#recorded = recorded;
  }

  /** A row with these values comes. */
  meet(values: readonly FieldValue[]): void {
    const { order, slots } = this.#recorded;
    if (this.#met.size === order.length) return;
    const isNew = (slot: number) => !this.#met.has(slot) && values[slot] !== undefined;
    // Fields that nobody knew are listed in the order of the recording's own.
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
