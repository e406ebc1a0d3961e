import { groupMappings } from '../aggregate/group.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Detail } from '../model/detail.ts';
import { ProblemError } from '../model/errors/problem.ts';
import { GROUPINGS, type Grouping } from '../model/grouping.ts';
import type { Kind } from '../model/kind.ts';
import { NO_MAPPING } from '../model/mapping.ts';
import type { ProcessHead } from '../model/process.ts';
import type { Sample } from '../model/sample.ts';
import { readRollup as readKernelTotals } from '../proc/maps/rollup.ts';
import { locateProcess } from '../proc/process/process-head.ts';
import { classifiedSample } from '../sources/classified-reader.ts';
import { readUntilLocated } from '../sources/live/read-again.ts';
import { takeSample } from '../sources/live/sampler.ts';
import { type MappingDifference, mappingDifferences } from './differences.ts';
import { type MappingRecord, RecordMaker } from './mapping-record.ts';
import { type MemoryTotals, memoryTotals } from './memory-totals.ts';
import { type ReadOptions, readSubject } from './read-options.ts';

/** A group of mappings. */
export interface MappingGroup {
  /** The kind, the file or label (see `nameText`), or the permissions that the mappings share. */
  readonly label: ByteString;
  /** The kind of all its mappings; undefined if their kinds differ. */
  readonly kind: Kind | undefined;
  readonly totals: MemoryTotals;
}

/** A process and its memory at one time. */
export class Snapshot {
  /** When it was taken, in milliseconds since 1970. */
  readonly takenAtMs: number;
  readonly process: ProcessHead;
  /**
   * What it holds: `all` mappings; or, if it comes from a recording made with --by, groups by `mapping`
   * or `kind`, or the `total` alone.
   */
  readonly detail: Detail;
  readonly #sample: Sample;
  #mappings: readonly MappingRecord[] | undefined;
  #totals: MemoryTotals | undefined;

  constructor(sample: Sample) {
    this.#sample = classifiedSample(sample);
    this.takenAtMs = sample.takenAtMs;
    this.process = sample.head;
    this.detail = sample.detail;
  }

  /** The mappings in the order of their addresses; empty unless the detail is `all`. */
  get mappings(): readonly MappingRecord[] {
    const { rows, vocabulary, detail } = this.#sample;
    const mappings = detail === 'all' ? rows : [];
    const records = new RecordMaker(vocabulary);
    this.#mappings ??= mappings.map((row) => records.record(row));
    return this.#mappings;
  }

  /** The figures of the whole process. */
  get totals(): MemoryTotals {
    const { rows, vocabulary, detail } = this.#sample;
    this.#totals ??= memoryTotals(rows, vocabulary, detail === 'total');
    return this.#totals;
  }

  /**
   * The mappings grouped by kind, by the file or label they belong to, or by permissions, in the
   * order in which the first mapping of each group comes.
   *
   * @throws RangeError if there is no such grouping, or the snapshot does not hold enough detail for it.
   */
  groups(by: Grouping): MappingGroup[] {
    const { rows, vocabulary, detail } = this.#sample;
    if (!GROUPINGS.includes(by)) {
      throw new RangeError(`mappings are grouped by ${GROUPINGS.join(', ')}, not by ${String(by)}`);
    }
    if (detail !== 'all' && detail !== by) {
      throw new RangeError(`this snapshot holds no mappings that could be grouped by ${by}`);
    }
    return groupMappings(rows, by, vocabulary).map((group) => {
      const label = { kind: group.kind ?? '', mapping: group.name, mode: group.perms }[by];
      return { label, kind: group.kind, totals: memoryTotals([group], vocabulary) };
    });
  }

  /**
   * What happened to each mapping between this snapshot and a later one, including unchanged mappings.
   * If the later one is of another process, files and names are compared, but not addresses.
   *
   * @throws RangeError if one of the snapshots holds no mappings; TypeError for anything else.
   */
  differencesTo(after: Snapshot): MappingDifference[] {
    if (!(after instanceof Snapshot)) throw new TypeError('expected a Snapshot to compare with');
    if (this.detail !== 'all' || after.detail !== 'all') {
      throw new RangeError('only snapshots that hold all mappings can be compared');
    }
    return mappingDifferences(this.#sample, after.#sample);
  }
}

/**
 * Takes a snapshot of a process from /proc/PID/smaps. A map that changes while it is read is read
 * again, up to five times.
 *
 * @throws ProblemError when the process does not exist, ends meanwhile, or may not be read.
 */
export function takeSnapshot(pid: number, options: ReadOptions = {}): Snapshot {
  const onProblem =
    options.onProblem ??
    ((problem) => {
      if (problem.code !== 'changing') throw new ProblemError(problem);
    });
  const subject = readSubject(pid, options);
  return new Snapshot(takeSample({ ...subject, detail: 'all', epochMs: Date.now, onProblem }));
}

/**
 * Reads the kernel's own totals of a process (/proc/PID/smaps_rollup), much cheaper than a snapshot;
 * undefined if the kernel has none (before Linux 4.14).
 *
 * @throws ProblemError when the process does not exist or may not be read.
 */
export function readRollup(pid: number, options: ReadOptions = {}): MemoryTotals | undefined {
  const { root } = readSubject(pid, options);
  const rollup = readUntilLocated(() => readKernelTotals(locateProcess(root, pid).place));
  if (rollup === undefined) return undefined;
  return memoryTotals([{ ...NO_MAPPING, values: rollup.values }], rollup.vocabulary, true);
}
