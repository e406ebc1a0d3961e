import type { Filter } from '../../aggregate/filter/compile.ts';
import { Groups } from '../../aggregate/group.ts';
import { Totals } from '../../aggregate/totals.ts';
import type { NumberColumn } from '../../columns/column.ts';
import type { FieldSlots } from '../../model/fields.ts';
import { NO_MAPPING } from '../../model/mapping.ts';
import { type Problem, ProblemError } from '../../model/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { MappingReader } from '../../proc/maps/mapping-reader.ts';
import { readRollup } from '../../proc/maps/rollup.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import { type Users, uidOf } from '../../proc/process/users.ts';
import { classified } from '../../sources/classified-reader.ts';
import type { MapSource } from '../../sources/map-source.ts';
import { type Sums, sumsOfGroups, totalOf } from './recorded-sums.ts';
import type { ProcessSummary } from './view.ts';

/** What a summary is made of. */
export interface SummaryRequest {
  readonly root: string;
  readonly sources: readonly MapSource[];
  /** The register of slots that the sources share. */
  readonly slots: FieldSlots;
  /** The columns that are added up over all mappings of a process. */
  readonly columns: readonly NumberColumn[];
  /** Read smaps_rollup alone, which knows no mappings; smaps where the kernel has none. */
  readonly totalsOnly: boolean;
  /** Lets a mapping count; all do where it is not there. */
  readonly filter: Filter | undefined;
  readonly users: Users;
}

/** Sums up each process; what cannot be read is told to `onProblem` and left out. */
export function summarize(
  request: SummaryRequest,
  onProblem: (problem: Problem) => void,
): ProcessSummary[] {
  return request.sources.flatMap((source) => {
    try {
      return [summaryOf(request, source, onProblem)];
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      onProblem(error.problem);
      return [];
    }
  });
}

function summaryOf(
  request: SummaryRequest,
  source: MapSource,
  onProblem: (problem: Problem) => void,
): ProcessSummary {
  const head = source.head();
  const who = { head, user: userOf(request, source) };
  if (source.recorded !== undefined && source.recorded.detail !== 'all') {
    return { ...who, ...sumsOfGroups(source.recorded, request.columns) };
  }
  const rolled = request.totalsOnly ? rolledUp(request, source) : undefined;
  if (rolled !== undefined) return { ...who, ...rolled };
  const reader = classified(source.open('all'), head.startStack);
  try {
    const all = readAll(request, source, head, reader);
    const isRolledUp = request.totalsOnly && source.recorded !== undefined;
    const summary = { ...who, ...(isRolledUp ? fieldTotals(all) : all) };
    const { subject } = source;
    const place = subject.subject === undefined ? `${source.path('all')}, ` : '';
    for (const problem of textProblems(subject, place, reader.notes)) onProblem(problem);
    return summary;
  } catch (error) {
    throw source.problem(error, 'all');
  } finally {
    reader.close();
  }
}

function userOf(
  { root, users }: SummaryRequest,
  { subject, recorded }: MapSource,
): string | undefined {
  return subject.pid === 0 ? recorded?.user : users.userName(uidOf(root, subject.pid));
}

function readAll(
  request: SummaryRequest,
  source: MapSource,
  { startStack }: ProcessHead,
  reader: MappingReader,
): Sums {
  const totals = new Totals(request.columns);
  const kinds = new Groups('kind', reader.vocabulary);
  const owners = new Groups('mapping', reader.vocabulary);
  const modes = new Groups('mode', reader.vocabulary);
  const { isSharedMemoryDevice } = source;
  const names = { showPath: false, useKernelName: true, startStack, isSharedMemoryDevice };
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    if (request.filter?.test(mapping, names) === false) continue;
    totals.add(mapping);
    kinds.add(mapping);
    owners.add(mapping);
    modes.add(mapping);
  }
  return {
    totals: (column) => totals.known(column),
    kinds: kinds.list(),
    owners: owners.list(),
    modes: modes.list(),
  };
}

/** What the kernel's own totals would have said. */
function fieldTotals({ totals }: Sums): Sums {
  const known = (column: NumberColumn) => (column.fields.length === 0 ? undefined : totals(column));
  return { totals: known, kinds: [], owners: [], modes: [] };
}

/** The kernel's own totals; undefined where it has none, so that smaps must be read. */
function rolledUp({ root, slots }: SummaryRequest, { subject }: MapSource): Sums | undefined {
  if (subject.pid === 0) return undefined;
  const rollup = readRollup(root, subject.pid, slots);
  if (rollup === undefined) return undefined;
  const total = { ...NO_MAPPING, values: rollup.values };
  const totals = (column: NumberColumn) => totalOf(column, total);
  return { totals, kinds: [], owners: [], modes: [] };
}
