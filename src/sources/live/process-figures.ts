import { Totals } from '../../aggregate/totals.ts';
import { inBytes, type NumberColumn } from '../../columns/column.ts';
import type { Figure } from '../../columns/figures.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import { NOTHING_WRONG, type ReaderNotes } from '../../proc/maps/mapping-reader.ts';
import { openMappings } from '../../proc/maps/open-mappings.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import type { LocatedProcess } from '../../proc/process/process-head.ts';
import { type ProcessPlace, placeErrorFrom, placePath } from '../../proc/process/process-place.ts';
import type { Reading } from './read-again.ts';
import { type ProcessSubject, readProcess } from './read-process.ts';
import { KeptRows, readRows } from './sampler.ts';
import { statusFigures } from './status-figures.ts';

/** Which figures of which process to read. */
export interface FigureRequest extends ProcessSubject {
  readonly figures: readonly Figure[];
  /** Whether to read only status: its counters may lag, but reading it takes the same time for any size. */
  readonly isQuick: boolean;
  /** The current time in milliseconds since 1970. */
  epochMs(): number;
  /** Called with problems that did not prevent the reading, such as malformed lines. */
  onProblem(problem: Problem): void;
}

/** Figures of a process at one time. */
export interface FigureSample {
  readonly head: ProcessHead;
  /** In milliseconds since 1970. */
  readonly takenAtMs: number;
  /** Whether it had memory: kernel threads have none, and no figures. */
  readonly hadMemory: boolean;
  /** By the ids of their columns, sizes in bytes; without those that the kernel does not report. */
  readonly figures: ReadonlyMap<string, number>;
}

/** The file of /proc/PID that a figure is read from: the cheapest one that has it. */
export type FigureFile = 'status' | 'smaps_rollup' | 'maps';

/** Where a figure is read from; undefined if --quick cannot have it. */
export function fileOf({ column, status }: Figure, isQuick: boolean): FigureFile | undefined {
  if (status !== undefined && (isQuick || status.isExact)) return 'status';
  if (isQuick) return undefined;
  return column.fields.length > 0 ? 'smaps_rollup' : 'maps';
}

/**
 * Reads figures of a process, each file once and none that is not needed. On kernels without
 * smaps_rollup (before Linux 4.14), smaps is read instead of it.
 *
 * @throws ProblemError if the process cannot be read or has ended.
 */
export function readFigures(request: FigureRequest): FigureSample {
  const { pid, onProblem } = request;
  const reading = readProcess(request, (located) => figuresOf(request, located));
  textProblems({ pid }, `${reading.path}, `, reading.notes).forEach(onProblem);
  return reading;
}

/** One reading of figures. */
export interface FigureReading extends Reading, FigureSample {
  /** The file that the notes are about. */
  readonly path: string;
}

/** Reads figures of a process that was located. @throws ProblemError. */
export function figuresOf(
  { figures, isQuick, epochMs }: Omit<FigureRequest, 'root' | 'pid' | 'onProblem'>,
  located: LocatedProcess,
): FigureReading {
  const { head, place, status, hadMemory } = located;
  const takenAtMs = epochMs();
  const from = (file: FigureFile) => figures.filter((each) => fileOf(each, isQuick) === file);
  const totals = from('smaps_rollup').map(({ column }) => column);
  const extents = from('maps').map(({ column }) => column);
  const rollup = totals.length > 0 ? sumOfTotals(located, totals, takenAtMs) : NOTHING;
  const maps = extents.length > 0 ? sumOfMaps(place, extents) : NOTHING;
  // Where there are no totals, smaps was read for them.
  const isFine = rollup.notes === NOTHING_WRONG;
  const known = [...statusFigures(status, from('status')), ...rollup.values, ...maps.values];
  return {
    head,
    takenAtMs,
    figures: new Map(known),
    hadMemory,
    notes: isFine ? maps.notes : rollup.notes,
    path: placePath(place, isFine ? 'maps' : 'smaps'),
    isEmptied: rollup.isEmptied || maps.isEmptied,
  };
}

/** Figures that were added up from one file. */
interface Sums {
  readonly values: readonly (readonly [id: string, value: number])[];
  readonly notes: ReaderNotes;
  readonly isEmptied: boolean;
}

const NOTHING: Sums = { values: [], notes: NOTHING_WRONG, isEmptied: false };

function sumOfTotals(
  located: LocatedProcess,
  columns: readonly NumberColumn[],
  takenAtMs: number,
): Sums {
  const kept = new KeptRows();
  const { notes, isEmptied } = readRows(
    { detail: 'total', epochMs: () => takenAtMs },
    located,
    kept,
  );
  return { ...sumsOf(kept.rows, columns), notes, isEmptied: isEmptied === true };
}

function sumsOf(rows: Iterable<Mapping>, columns: readonly NumberColumn[]): Pick<Sums, 'values'> {
  const totals = new Totals(columns);
  for (const row of rows) totals.add(row);
  return { values: valuesOf(totals, columns) };
}

function valuesOf(totals: Totals, columns: readonly NumberColumn[]): Sums['values'] {
  return columns.flatMap((column) => {
    const value = totals.known(column);
    return value === undefined ? [] : [[column.id, inBytes(column, value)] as const];
  });
}

function sumOfMaps(place: ProcessPlace, columns: readonly NumberColumn[]): Sums {
  const reader = openMappings(place, []);
  try {
    const totals = new Totals(columns);
    let isEmptied = true;
    for (let row = reader.next(); row !== undefined; row = reader.next()) {
      totals.add(row);
      isEmptied = false;
    }
    return { values: valuesOf(totals, columns), notes: reader.notes, isEmptied };
  } catch (error) {
    throw placeErrorFrom(error, place, 'maps');
  } finally {
    reader.close();
  }
}
