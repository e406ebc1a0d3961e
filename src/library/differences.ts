import { differencesOf } from '../aggregate/differences/differences.ts';
import { matchMappings } from '../aggregate/differences/match.ts';
import { partsOf } from '../aggregate/differences/parts.ts';
import { inKib } from '../columns/column.ts';
import type { Status } from '../model/difference.ts';
import { isSameProcess, type Sample } from '../model/sample.ts';
import { type MappingRecord, RecordMaker } from './mapping-record.ts';
import { FIGURE_COLUMNS, type MemoryFigure } from './memory-totals.ts';

/** What became of a mapping between two snapshots. */
export interface MappingDifference {
  /** `grew` or `shrank` by the first of RSS, swap and size that changed. */
  readonly status: Status;
  /** The mapping in the earlier snapshot; undefined if it appeared since. */
  readonly before: MappingRecord | undefined;
  /** The mapping in the later snapshot; undefined if it is gone. */
  readonly after: MappingRecord | undefined;
  /** Changes in KiB, negative if the figure fell; undefined if the kernel has no such field. */
  readonly changes: Readonly<Record<MemoryFigure, number | undefined>>;
}

/** The first three decide the status, as in `tsmap diff`; the others also depend on other processes. */
const COMPARED: readonly MemoryFigure[] = [
  'rssKib',
  'swapKib',
  'sizeKib',
  'pssKib',
  'ussKib',
  'sharedKib',
  'dirtyKib',
];
const DECIDING = COMPARED.slice(0, 3);

/** Compares two samples that hold all mappings, classified and in the order of their addresses. */
export function mappingDifferences(before: Sample, after: Sample): MappingDifference[] {
  const pairs = matchMappings(partsOf(before, 'all'), partsOf(after, 'all'), {
    isSameProcess: isSameProcess(before.head, after.head),
  });
  const deciding = differencesOf(pairs, DECIDING.map(comparedColumn));
  const all = differencesOf(pairs, COMPARED.map(comparedColumn));
  const beforeRecords = new RecordMaker(before.vocabulary);
  const afterRecords = new RecordMaker(after.vocabulary);
  return all.map(({ pair, changes }, i) => ({
    status: deciding[i]?.status ?? 'unchanged',
    before: pair.before && beforeRecords.record(pair.before.mapping),
    after: pair.after && afterRecords.record(pair.after.mapping),
    changes: Object.fromEntries(
      COMPARED.map((figure, at) => [figure, changes[at]?.change]),
    ) as MappingDifference['changes'],
  }));
}

/** The known fields have the same slots in every reading, so one column serves both sides. */
function comparedColumn(figure: MemoryFigure) {
  const column = FIGURE_COLUMNS[figure];
  const kibOf: typeof column.value = (mapping) => {
    const value = column.value(mapping);
    return value === undefined ? undefined : inKib(column, value);
  };
  return { column, before: kibOf, after: kibOf };
}
