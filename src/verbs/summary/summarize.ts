import type { Filter } from '../../aggregate/filter/compile.ts';
import { Groups } from '../../aggregate/group.ts';
import { Totals } from '../../aggregate/totals.ts';
import type { NumberColumn } from '../../columns/column.ts';
import { needsOf } from '../../columns/needs.ts';
import { type Problem, ProblemError } from '../../model/errors/problem.ts';
import type { FieldSlots } from '../../model/fields.ts';
import type { Grouping } from '../../model/grouping.ts';
import { NO_MAPPING } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import {
  type MappingReader,
  NOTHING_WRONG,
  type WantedFields,
} from '../../proc/maps/mapping-reader.ts';
import { type Rollup, readRollup } from '../../proc/maps/rollup.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import { type Users, uidIn } from '../../proc/process/users.ts';
import { classified } from '../../sources/classified-reader.ts';
import { evidenceOf } from '../../sources/kind-evidence.ts';
import { withKindFields } from '../../sources/kind-fields.ts';
import { statusFigures } from '../../sources/live/status-figures.ts';
import { isEndOfUnnamed, type MapSource } from '../../sources/map-source.ts';
import { type Reading, readUntilSteady } from '../../sources/live/read-again.ts';
import { type ProcessSums, sumsOfGroups, totalOf } from './recorded-sums.ts';
import type { ProcessSummary } from './view.ts';

/** What to read and add up. */
export interface SummaryRequest {
  readonly root: string;
  readonly sources: Iterable<MapSource>;
  /** The register of slots that the sources share. */
  readonly slots: FieldSlots;
  /** The columns to add up over the mappings of a process; empty if no file of mappings is needed. */
  readonly columns: readonly NumberColumn[];
  /** Whether to read only totals: from smaps_rollup, or from smaps if the kernel lacks smaps_rollup. */
  readonly totalsOnly: boolean;
  /** Whether the report shows only totals, so that those of a saved smaps_rollup are enough. */
  readonly showsOnlyTotals: boolean;
  /** Whether the chosen columns show no memory, so that a saved maps is enough. */
  readonly isMapsEnough: boolean;
  /** Selects mappings; undefined selects all. */
  readonly filter: Filter | undefined;
  /** How to group the mappings of a process. */
  readonly groupings: readonly Grouping[];
  /** Whether to group mappings only if a single process can be read. */
  readonly groupsOnlyOne: boolean;
  readonly users: Users;
}

/**
 * Adds up each process. Leaves out processes that cannot be read, and reports them to `onProblem`, but
 * not those that have ended and were not named.
 */
export function summarize(
  request: SummaryRequest,
  onProblem: (problem: Problem) => void,
): ProcessSummary[] {
  const summaries: ProcessSummary[] = [];
  for (const source of request.sources) {
    try {
      // The first that can be read may be the only one.
      const isGrouped = !request.groupsOnlyOne || summaries.length === 0;
      const own = isGrouped ? request : { ...request, groupings: [] };
      summaries.push(summaryOf(own, source, onProblem));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (!isEndOfUnnamed(source, error)) onProblem(error.problem);
    }
  }
  return summaries;
}

/** What a reading of a process gives. */
interface SummaryReading extends Reading {
  readonly summary: ProcessSummary;
  /** The file that was read, for messages. */
  readonly path: string;
}

function summaryOf(
  request: SummaryRequest,
  source: MapSource,
  onProblem: (problem: Problem) => void,
): ProcessSummary {
  const reading = readUntilSteady(
    () => readSummary(request, source),
    () => source.canReadAgain,
  );
  const { subject } = source;
  const place = subject.subject === undefined ? `${reading.path}, ` : '';
  for (const problem of textProblems(subject, place, reading.notes)) onProblem(problem);
  return reading.summary;
}

function readSummary(request: SummaryRequest, source: MapSource): SummaryReading {
  const head = source.head();
  const place = source.place?.();
  const identity = { head, user: userOf(request, source), place };
  const hadMemory = source.hadMemory?.() === true;
  if (source.recorded !== undefined && source.recorded.detail !== 'all') {
    const sums = sumsOfGroups(source.recorded, request.columns);
    const summary = { ...identity, ...withStatus(request, source, sums) };
    return { summary, notes: NOTHING_WRONG, path: '' };
  }
  const rollup = readTotals(request, source);
  if (rollup !== undefined) {
    const isEmptied = hadMemory && rollup.values.length === 0;
    const summary = { ...identity, ...withStatus(request, source, sumsOfRollup(rollup)) };
    return { summary, notes: NOTHING_WRONG, path: '', isEmptied };
  }
  if (request.columns.length === 0 && !needsKinds(request) && place !== undefined) {
    const summary = { ...identity, ...withStatus(request, source, NO_SUMS) };
    return { summary, notes: NOTHING_WRONG, path: '' };
  }
  const wanted = wantedFields(request);
  const opened = source.open(wanted);
  const reader = needsKinds(request) ? classified(opened, evidenceOf(source, head)) : opened;
  try {
    const { count, ...all } = readMappings(request, source, head, reader);
    const hasOnlyTotals = request.totalsOnly && source.recorded !== undefined;
    const sums = hasOnlyTotals ? withoutMappings(all) : all;
    const summary = { ...identity, ...withStatus(request, source, sums) };
    const isEmptied = hadMemory && count === 0;
    return { summary, notes: reader.notes, path: source.path(wanted), isEmptied };
  } catch (error) {
    throw source.problem(error, wanted);
  } finally {
    reader.close();
  }
}

function needsKinds({ filter, groupings }: SummaryRequest): boolean {
  return filter?.needsKinds === true || groupings.some((by) => by !== 'mode');
}

function wantedFields(request: SummaryRequest): WantedFields {
  const { columns, filter, isMapsEnough } = request;
  const fields = [...needsOf(columns).fields, ...(filter?.fields ?? [])];
  const wanted = isMapsEnough && fields.length > 0 ? { optional: fields } : fields;
  return needsKinds(request) ? withKindFields(wanted) : wanted;
}

function userOf({ users }: SummaryRequest, { status, recorded }: MapSource): string | undefined {
  const uid = status === undefined ? undefined : uidIn(status());
  return uid === undefined ? recorded?.user : users.userName(uid);
}

const NO_SUMS: ProcessSums = { totals: () => undefined, kinds: [], owners: [], modes: [] };

/** Adds the figures that only status has. They are of the whole process, so that no filter applies. */
function withStatus(
  { filter }: SummaryRequest,
  { status, recorded }: MapSource,
  sums: ProcessSums,
): ProcessSums {
  if (filter !== undefined) return sums;
  const figures = status === undefined ? recorded?.processFigures : statusFigures(status());
  if (figures === undefined) return sums;
  const known = ({ id, unit }: NumberColumn) => {
    const bytes = figures.get(id);
    return bytes === undefined || unit === 'bytes' ? bytes : bytes / 1024;
  };
  return { ...sums, totals: (column) => sums.totals(column) ?? known(column) };
}

function readMappings(
  request: SummaryRequest,
  source: MapSource,
  head: ProcessHead,
  reader: MappingReader,
): ProcessSums & { readonly count: number } {
  const { columns, filter, groupings } = request;
  const totals = new Totals(columns);
  const groups = groupings.map((by) => new Groups(by, reader.vocabulary));
  const { isSharedMemoryDevice } = source;
  const { startStack } = head;
  const names = {
    showPath: false,
    useKernelName: true,
    isOwnTable: true,
    startStack,
    isSharedMemoryDevice,
  };
  let count = 0;
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    count++;
    if (filter?.test(mapping, names) === false) continue;
    totals.add(mapping);
    for (const each of groups) each.add(mapping);
  }
  const groupsBy = (by: Grouping) => groups[groupings.indexOf(by)]?.list() ?? [];
  return {
    count,
    totals: (column) => totals.known(column),
    kinds: groupsBy('kind'),
    owners: groupsBy('mapping'),
    modes: groupsBy('mode'),
  };
}

/** Reduces sums to what the kernel's own totals have: no groups, and no columns of maps. */
function withoutMappings({ totals }: ProcessSums): ProcessSums {
  const known = (column: NumberColumn) => (column.fields.length === 0 ? undefined : totals(column));
  return { totals: known, kinds: [], owners: [], modes: [] };
}

/** Reads the kernel's own totals; undefined if there are none and smaps must be read. */
function readTotals(
  { slots, totalsOnly, showsOnlyTotals }: SummaryRequest,
  { place, totals }: MapSource,
): Rollup | undefined {
  if (totals !== undefined && showsOnlyTotals) return totals();
  return totalsOnly && place !== undefined ? readRollup(place(), slots) : undefined;
}

function sumsOfRollup({ values }: Rollup): ProcessSums {
  const total = { ...NO_MAPPING, values };
  const totals = (column: NumberColumn) => totalOf(column, total);
  return { totals, kinds: [], owners: [], modes: [] };
}
