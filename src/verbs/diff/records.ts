import { inBytes, isSize, type NumberColumn } from '../../columns/column.ts';
import type { FlatRecord, NestedRecord, RecordsDocument } from '../../format/machine/document.ts';
import { identityMembers, LABEL_NAMES, labelMembers } from '../../format/machine/identity.ts';
import { type Change, type Difference, type Pair, shownPart } from '../../model/difference.ts';

import type { ProcessHead } from '../../model/process.ts';
import type { ReportOrigin } from '../../model/report-origin.ts';
import {
  areDifferentProcesses,
  type ComparedSide,
  type Comparison,
  knownSide,
  type RowUnit,
} from './comparison.ts';
import type { DiffFindings } from './findings.ts';

/** Comparisons for programs: nested by process, or flat with one record for each row. */
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
    same_process:
      before.head.pid * after.head.pid === 0 ? undefined : !areDifferentProcesses(comparison),
    rows_are_by: by,
    rows: rows.map((row) => rowRecord(row, comparison)),
    more_rows:
      more.count === 0 ? undefined : { count: more.count, ...changesOf(columns, more.changes) },
    unchanged_rows: unchanged,
    totals: changesOf(columns, totals),
  };
}

/** A row as a flat record. */
function lineRecord(row: Difference, comparison: Comparison): FlatRecord {
  return { pid: knownSide(comparison).head.pid, ...rowRecord(row, comparison) };
}

/** The names of the members of a flat record, in order; the same for all comparisons of a run. */
function lineNames({ columns, by }: Comparison): string[] {
  const labels = by === 'address' ? ADDRESS_NAMES : GROUP_NAMES[by];
  return ['pid', 'status', ...labels, ...columns.flatMap((column) => changeNames(column))];
}

const ADDRESS_NAMES = ['start_before', 'start_after', 'perms', 'kind', ...LABEL_NAMES];
const GROUP_NAMES: Readonly<Record<Exclude<RowUnit, 'address'>, readonly string[]>> = {
  mapping: LABEL_NAMES,
  kind: ['kind'],
  mode: ['perms'],
  total: [],
};

function rowRecord({ pair, status, changes }: Difference, { by, columns }: Comparison): FlatRecord {
  const labels = by === 'address' ? mappingMembers(pair) : groupMembers(pair, by);
  return { status, ...labels, ...changesOf(columns, changes) };
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

function groupMembers(pair: Pair, by: Exclude<RowUnit, 'address'>): FlatRecord {
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
