import { inBytes, isSize, type NumberColumn } from '../../columns/column.ts';
import { exactBytes, nameText } from '../../columns/machine.ts';
import type { ReportOrigin } from '../../format/report.ts';
import { type Change, type Difference, type Pair, shownPart } from '../../model/difference.ts';
import type { Problem } from '../../model/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import {
  areOthers,
  type ComparedBy,
  type ComparedSide,
  type Comparison,
  knownSide,
} from './comparison.ts';

/** What the documents are called; a change that breaks readers gives it another number. */
export const DIFF_SCHEMA = 'tsmap.diff/1';

/** A comparison as the plain objects that machine formats write; sizes in bytes, absent left out. */
export type DiffRecord = Readonly<Record<string, unknown>>;

/** What a document says beside its comparisons. */
export interface DiffDocument {
  readonly comparisons: readonly Comparison[];
  /** Processes that are there on one side alone. */
  readonly onlyBefore: readonly ComparedSide[];
  readonly onlyAfter: readonly ComparedSide[];
  readonly problems: readonly Problem[];
}

/** The whole document of `--format json`. */
export function diffDocument(
  { comparisons, onlyBefore, onlyAfter, problems }: DiffDocument,
  { takenAt, host, kernel }: ReportOrigin,
): DiffRecord {
  return {
    schema: DIFF_SCHEMA,
    taken_at: takenAt,
    host,
    kernel,
    processes: comparisons.map(comparisonRecord),
    only_before: onlyBefore.map(sideRecord),
    only_after: onlyAfter.map(sideRecord),
    problems: problems.map(({ pid, code, message }) => ({ pid, code, message })),
  };
}

function comparisonRecord(comparison: Comparison): DiffRecord {
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

/** One row as an object of its own, for formats that have nothing else. */
export function lineRecord(row: Difference, comparison: Comparison): DiffRecord {
  return { pid: knownSide(comparison).head.pid, ...rowRecord(row, comparison) };
}

/** The names of such an object, in its order: a header for formats that need one. */
export function lineNames(columns: readonly NumberColumn[], by: ComparedBy): string[] {
  const who = by === 'address' ? ADDRESS_NAMES : GROUP_NAMES[by];
  return ['pid', 'status', ...who, ...columns.flatMap((column) => changeNames(column))];
}

const ADDRESS_NAMES = ['start_before', 'start_after', 'perms', 'kind', 'name', 'name_base64'];
const GROUP_NAMES: Readonly<Record<Exclude<ComparedBy, 'address'>, readonly string[]>> = {
  mapping: ['name', 'name_base64'],
  kind: ['kind'],
  mode: ['perms'],
  total: [],
};

function rowRecord({ pair, status, changes }: Difference, { by, columns }: Comparison): DiffRecord {
  const who = by === 'address' ? mappingMembers(pair) : groupMembers(pair, by);
  return { status, ...who, ...changesOf(columns, changes) };
}

function mappingMembers(pair: Pair): DiffRecord {
  const { mapping } = shownPart(pair);
  return {
    start_before: pair.before?.mapping.start.toString(16).padStart(8, '0'),
    start_after: pair.after?.mapping.start.toString(16).padStart(8, '0'),
    perms: mapping.perms,
    kind: mapping.kind,
    ...nameMembers(pair),
  };
}

function groupMembers(pair: Pair, by: Exclude<ComparedBy, 'address'>): DiffRecord {
  const { mapping } = shownPart(pair);
  if (by === 'kind') return { kind: mapping.kind };
  if (by === 'mode') return { perms: mapping.perms };
  return by === 'mapping' ? nameMembers(pair) : {};
}

function nameMembers(pair: Pair): DiffRecord {
  const { owner } = shownPart(pair);
  return { name: nameText(owner), name_base64: exactBytes(owner) };
}

function changesOf(columns: readonly NumberColumn[], changes: readonly Change[]): DiffRecord {
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

/** `rss_before_bytes`, `rss_after_bytes`, `rss_change_bytes`; without a unit where it is a count. */
function changeNames(column: NumberColumn): string[] {
  const unit = isSize(column) ? '_bytes' : '';
  return ['before', 'after', 'change'].map((side) => `${column.id}_${side}${unit}`);
}

function sideRecord({ head, source, moment, takenAtMs }: ComparedSide): DiffRecord {
  return {
    source,
    moment,
    taken_at: takenAtMs === undefined ? undefined : new Date(takenAtMs).toISOString(),
    ...(head.pid === 0 ? {} : whoMembers(head)),
  };
}

function whoMembers({ pid, startTimeTicks, comm, cmdline }: ProcessHead): DiffRecord {
  const command = cmdline.replace(/\0$/, '').replaceAll('\0', ' ');
  return {
    pid,
    start_time_ticks: startTimeTicks,
    comm: nameText(comm),
    comm_base64: exactBytes(comm),
    command: command === '' ? undefined : nameText(command),
    command_base64: exactBytes(command),
  };
}
