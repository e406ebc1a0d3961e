import { inBytes, isSize, type NumberColumn } from '../../columns/column.ts';
import type { FlatRecord, NestedRecord, RecordsDocument } from '../../format/machine/document.ts';
import { identityMembers, LABEL_NAMES, labelMembers } from '../../format/machine/identity.ts';
import { type Change, type Difference, type Pair, shownPart } from '../../model/difference.ts';
import type { Problem } from '../../model/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { ReportOrigin } from '../../model/report-origin.ts';
import {
  areOthers,
  type ComparedBy,
  type ComparedSide,
  type Comparison,
  knownSide,
} from './comparison.ts';

/** What was found: comparisons, and what could not be compared. */
export interface DiffFindings {
  readonly comparisons: readonly Comparison[];
  /** Processes that only one side has. */
  readonly onlyBefore: readonly ComparedSide[];
  readonly onlyAfter: readonly ComparedSide[];
  readonly problems: readonly Problem[];
}

/** Comparisons for programs: nested by process, flat one record for each row. */
export function diffDocument(
  { comparisons, onlyBefore, onlyAfter, problems }: DiffFindings,
  origin: () => ReportOrigin,
): RecordsDocument {
  const [first] = comparisons;
  return {
    schema: 'tsmap.diff/1',
    origin,
    members: () => ({
      processes: comparisons.map(comparisonRecord),
      only_before: onlyBefore.map(sideRecord),
      only_after: onlyAfter.map(sideRecord),
    }),
    records: () => comparisons.flatMap((each) => each.rows.map((row) => lineRecord(row, each))),
    names: first === undefined ? [] : lineNames(first),
    problems,
  };
}

function comparisonRecord(comparison: Comparison): NestedRecord {
  const { before, after, by, columns, rows, more, unchanged, totals } = comparison;
  return {
    before: sideRecord(before),
    after: sideRecord(after),
    same_process: before.head.pid * after.head.pid === 0 ? undefined : !areOthers(comparison),
    rows_are_by: by,
    rows: rows.map((row) => rowRecord(row, comparison)),
    more_rows:
      more.count === 0 ? undefined : { count: more.count, ...changesOf(columns, more.changes) },
    unchanged_rows: unchanged,
    totals: changesOf(columns, totals),
  };
}

/** One row as a record of its own. */
function lineRecord(row: Difference, comparison: Comparison): FlatRecord {
  return { pid: knownSide(comparison).head.pid, ...rowRecord(row, comparison) };
}

/** The members of such a record, in order; all comparisons of one run have the same. */
function lineNames({ columns, by }: Comparison): string[] {
  const who = by === 'address' ? ADDRESS_NAMES : GROUP_NAMES[by];
  return ['pid', 'status', ...who, ...columns.flatMap((column) => changeNames(column))];
}

const ADDRESS_NAMES = ['start_before', 'start_after', 'perms', 'kind', ...LABEL_NAMES];
const GROUP_NAMES: Readonly<Record<Exclude<ComparedBy, 'address'>, readonly string[]>> = {
  mapping: LABEL_NAMES,
  kind: ['kind'],
  mode: ['perms'],
  total: [],
};

function rowRecord({ pair, status, changes }: Difference, { by, columns }: Comparison): FlatRecord {
  const who = by === 'address' ? mappingMembers(pair) : groupMembers(pair, by);
  return { status, ...who, ...changesOf(columns, changes) };
}

function mappingMembers(pair: Pair): FlatRecord {
  const { mapping, owner } = shownPart(pair);
  return {
    start_before: pair.before?.mapping.start.toString(16).padStart(8, '0'),
    start_after: pair.after?.mapping.start.toString(16).padStart(8, '0'),
    perms: mapping.perms,
    kind: mapping.kind,
    ...labelMembers(owner),
  };
}

function groupMembers(pair: Pair, by: Exclude<ComparedBy, 'address'>): FlatRecord {
  const { mapping, owner } = shownPart(pair);
  if (by === 'kind') return { kind: mapping.kind };
  if (by === 'mode') return { perms: mapping.perms };
  return by === 'mapping' ? labelMembers(owner) : {};
}

function changesOf(columns: readonly NumberColumn[], changes: readonly Change[]): FlatRecord {
  return Object.fromEntries(
    columns.flatMap((column, i) => {
      const { before, after, change } = changes[i] as Change;
      const values = [before, after, change];
      return changeNames(column).map((name, at) => {
        const value = values[at];
        return [name, value === undefined ? undefined : inBytes(column, value)];
      });
    }),
  );
}

/** `rss_before_bytes`, `rss_after_bytes`, `rss_change_bytes`; counts have no unit. */
function changeNames(column: NumberColumn): string[] {
  const unit = isSize(column) ? '_bytes' : '';
  return ['before', 'after', 'change'].map((side) => `${column.id}_${side}${unit}`);
}

function sideRecord({ head, source, moment, takenAtMs }: ComparedSide): FlatRecord {
  return {
    source,
    moment,
    taken_at: takenAtMs === undefined ? undefined : new Date(takenAtMs).toISOString(),
    ...(head.pid === 0 ? {} : processMembers(head)),
  };
}

function processMembers(head: ProcessHead): FlatRecord {
  return { ...identityMembers(head), start_time_ticks: head.startTimeTicks };
}
