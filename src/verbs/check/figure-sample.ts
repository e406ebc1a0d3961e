import { Totals } from '../../aggregate/totals.ts';
import { inBytes, type NumberColumn } from '../../columns/column.ts';
import { processErrorFrom } from '../../model/errno.ts';
import { ProblemError } from '../../model/problem.ts';
import { isSameProcess, isStillThere, type SampleFrame } from '../../model/sample.ts';
import { openMappings } from '../../proc/maps/open-mappings.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import { sharedMemoryDevices } from '../../proc/process/mountinfo.ts';
import { processPath } from '../../proc/process/process-file.ts';
import { readProcessHead } from '../../proc/process/process-head.ts';
import { readUntilSteady } from '../../sources/read-again.ts';
import { ended, type SampleRequest, takeSample } from '../../sources/sampler.ts';
import type { LimitedFigures } from './limits.ts';

/** Which figures of which process. */
export type FigureRequest = Omit<SampleRequest, 'detail'> & {
  readonly columns: readonly NumberColumn[];
};

/** Some figures of a process at a moment. */
export interface FigureSample extends SampleFrame {
  readonly figures: LimitedFigures;
}

/**
 * Reads figures the cheapest way: smaps_rollup for what it has, maps for the others, and neither of
 * them where nothing in it is wanted. smaps is read where the kernel has no smaps_rollup.
 *
 * @throws ProblemError when it cannot be read, ended, or the kernel does not give one of the figures.
 */
export function readFigures(request: FigureRequest): FigureSample {
  const inRollup = request.columns.filter(({ fields }) => fields.length > 0);
  const inMaps = request.columns.filter(({ fields }) => fields.length === 0);
  const rolled = inRollup.length > 0 ? readRolled(request, inRollup) : undefined;
  const mapped = inMaps.length > 0 || rolled === undefined ? readMaps(request, inMaps) : undefined;
  if (rolled === undefined || mapped === undefined) return (rolled ?? mapped) as FigureSample;
  if (!isSameProcess(rolled.head, mapped.head)) throw ended(request.pid);
  return { ...rolled, figures: new Map([...rolled.figures, ...mapped.figures]) };
}

function readRolled(request: FigureRequest, columns: readonly NumberColumn[]): FigureSample {
  const { rows, ...frame } = takeSample({ ...request, detail: 'total' });
  const totals = new Totals(columns);
  for (const row of rows) totals.add(row);
  const figures = columns.map((column): [string, number] => {
    // Without a row there was no mapping: nothing of anything.
    const value = rows.length === 0 ? 0 : totals.known(column);
    if (value === undefined) throw notGiven(request.pid, column);
    return [column.id, inBytes(column, value)];
  });
  return { ...frame, figures: new Map(figures) };
}

function notGiven(pid: number, { id }: NumberColumn): ProblemError {
  return new ProblemError({
    pid,
    code: 'missing-file',
    message: `this kernel does not tell ${id}: it cannot be checked`,
  });
}

function readMaps(request: FigureRequest, columns: readonly NumberColumn[]): FigureSample {
  const { root, pid } = request;
  const head = readProcessHead(root, pid);
  if (!isStillThere(head, head)) throw ended(pid);
  const takenAtMs = request.epochMs();
  const { totals, vocabulary } = sumMaps(request, columns);
  if (!isStillThere(head, readProcessHead(root, pid))) throw ended(pid);
  const figures = columns.map((column) => [column.id, totals.sum(column)] as const);
  const isSharedMemoryDevice = sharedMemoryDevices(root, pid);
  const frame = { takenAtMs, head, detail: 'total', vocabulary, isSharedMemoryDevice } as const;
  return { ...frame, figures: new Map(figures) };
}

/** Reads maps, again where its addresses went back: the sums of such a reading are void. */
function sumMaps(request: FigureRequest, columns: readonly NumberColumn[]) {
  const { root, pid } = request;
  const path = processPath(root, pid, 'maps');
  const { notes, ...sums } = readUntilSteady(() => {
    const reader = openMappings(root, pid, []);
    try {
      const totals = new Totals(columns);
      for (let row = reader.next(); row !== undefined; row = reader.next()) totals.add(row);
      return { totals, vocabulary: reader.vocabulary, notes: reader.notes };
    } catch (error) {
      throw processErrorFrom(error, pid, path);
    } finally {
      reader.close();
    }
  });
  textProblems({ pid }, `${path}, `, notes).forEach(request.onProblem);
  return sums;
}
