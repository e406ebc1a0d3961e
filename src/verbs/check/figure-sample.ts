import { Totals } from '../../aggregate/totals.ts';
import { inBytes, type NumberColumn } from '../../columns/column.ts';
import { ProblemError } from '../../model/errors/problem.ts';
import { isSameProcess, isStillThere, type SampleFrame } from '../../model/sample.ts';
import { openMappings } from '../../proc/maps/open-mappings.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import { sharedMemoryDevices } from '../../proc/process/mountinfo.ts';
import { locateProcess, readProcessHead } from '../../proc/process/process-head.ts';
import { placeErrorFrom, placePath } from '../../proc/process/process-place.ts';
import { readUntilSteady } from '../../sources/read-again.ts';
import { ended, type SampleRequest, takeSample } from '../../sources/sampler.ts';
import type { LimitedFigures } from './limits.ts';

/** The process to read, and the figures to read of it. */
export type FigureRequest = Omit<SampleRequest, 'detail'> & {
  readonly columns: readonly NumberColumn[];
};

/** Figures of a process at one time. */
export interface FigureSample extends SampleFrame {
  readonly figures: LimitedFigures;
}

/**
 * Reads figures from the cheapest files: smaps_rollup for the figures that it has, maps for the others;
 * a file that is not needed is not read. On kernels without smaps_rollup, smaps is read instead of it.
 *
 * @throws ProblemError if the process cannot be read or has ended, or the kernel does not report one of
 *   the figures.
 */
export function readFigures(request: FigureRequest): FigureSample {
  const inRollup = request.columns.filter(({ fields }) => fields.length > 0);
  const inMaps = request.columns.filter(({ fields }) => fields.length === 0);
  const rollup = inRollup.length > 0 ? readFromRollup(request, inRollup) : undefined;
  if (rollup !== undefined && inMaps.length === 0) return rollup;
  const maps = readFromMaps(request, inMaps);
  if (rollup === undefined) return maps;
  if (!isSameProcess(rollup.head, maps.head)) throw ended(request.pid);
  return { ...rollup, figures: new Map([...rollup.figures, ...maps.figures]) };
}

function readFromRollup(request: FigureRequest, columns: readonly NumberColumn[]): FigureSample {
  const { rows, ...frame } = takeSample({ ...request, detail: 'total' });
  const totals = new Totals(columns);
  for (const row of rows) totals.add(row);
  // Without a row the process has no memory, such as a kernel thread: no figure is known.
  if (rows.length === 0) return { ...frame, figures: new Map() };
  const figures = columns.map((column): [string, number] => {
    const value = totals.known(column);
    if (value === undefined) throw notReported(request.pid, column);
    return [column.id, inBytes(column, value)];
  });
  return { ...frame, figures: new Map(figures) };
}

function notReported(pid: number, { id }: NumberColumn): ProblemError {
  return new ProblemError({
    pid,
    code: 'missing-file',
    message: `this kernel does not report ${id}, so it cannot be checked`,
  });
}

function readFromMaps(request: FigureRequest, columns: readonly NumberColumn[]): FigureSample {
  const { frame, totals, notes, path } = readUntilSteady(() => sumMaps(request, columns));
  const { pid, onProblem } = request;
  textProblems({ pid }, `${path}, `, notes).forEach(onProblem);
  const known = columns.filter((column) => totals.known(column) !== undefined);
  return { ...frame, figures: new Map(known.map((column) => [column.id, totals.sum(column)])) };
}

/** Sums columns over maps. If its addresses went backwards, the sums are wrong, so it is read again. */
function sumMaps({ root, pid, epochMs }: FigureRequest, columns: readonly NumberColumn[]) {
  const { head, place } = locateProcess(root, pid);
  if (!isStillThere(head, head)) throw ended(pid);
  const takenAtMs = epochMs();
  const reader = openMappings(place, []);
  try {
    const { notes, vocabulary } = reader;
    const totals = new Totals(columns);
    let isEmptied = head.cmdline !== '';
    for (let row = reader.next(); row !== undefined; row = reader.next()) {
      totals.add(row);
      isEmptied = false;
    }
    if (!isStillThere(head, readProcessHead(root, pid))) throw ended(pid);
    const isSharedMemoryDevice = sharedMemoryDevices(place);
    const frame = { takenAtMs, head, detail: 'total', vocabulary, isSharedMemoryDevice } as const;
    return { frame, totals, notes, isEmptied, path: placePath(place, 'maps') };
  } catch (error) {
    throw placeErrorFrom(error, place, 'maps');
  } finally {
    reader.close();
  }
}
