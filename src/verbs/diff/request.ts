import { chooseColumns } from '../../cli/options/column-choice.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import { isSummable } from '../../columns/column.ts';
import { needsOf } from '../../columns/needs.ts';
import type { Detail } from '../../model/detail.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import type { Grouping } from '../../model/grouping.ts';
import { filterOf, sortKeysOf } from '../../sources/rows/row-plan.ts';
import type { DiffRequest } from './comparison.ts';
import type { DiffOptions } from './options.ts';
import type { SideSample } from './sides/pair-sides.ts';

/**
 * The default columns: figures that change only through the process itself. pss and uss also change when
 * another process begins or ceases to share its pages.
 */
const BASE_COLUMNS = ['rss', 'swap', 'size'];

/** What to compare and what to show, from the options. @throws UsageError. */
export function diffRequest(options: DiffOptions, findColumn: FindColumn): DiffRequest {
  const { groupBy, top, unchanged } = options;
  const chosen = chooseColumns(options.columns, BASE_COLUMNS, findColumn).columns;
  const wrong = chosen.find((column) => !isSummable(column));
  if (wrong !== undefined) {
    throw new UsageError(`--columns: '${wrong.id}' cannot be compared: it cannot be added up`);
  }
  const sort = options.sort === undefined ? [] : sortKeysOf(options.sort, findColumn);
  const filter = filterOf(options.filter, findColumn);
  const sorted = needsOf(sort.map(({ column }) => column));
  const isGroupedByKind = groupBy === 'kind' || groupBy === 'mapping';
  const needsKinds = isGroupedByKind || filter?.needsKinds === true || sorted.needsKinds;
  const fields = [...needsOf(chosen).fields, ...sorted.fields, ...(filter?.fields ?? [])];
  // Records of mappings have their kinds.
  const showsKinds = formatOf(options) !== 'text' && groupBy === undefined;
  return {
    columns: chosen.filter(isSummable),
    sort,
    filter,
    groupBy,
    needsKinds,
    isMapsEnough: fields.length === 0 && !needsKinds && !showsKinds,
    top,
    unchanged,
  };
}

/** The possible groupings, by the detail of a sample. */
const GROUPINGS_OF: Readonly<Record<Detail, readonly (Grouping | undefined)[]>> = {
  all: [undefined, 'mapping', 'kind', 'mode'],
  mapping: [undefined, 'mapping'],
  kind: [undefined, 'kind'],
  total: [undefined],
};

/** Checks that the samples hold enough detail for --group-by and --filter. @throws UsageError. */
export function checkDetail(
  { groupBy, filter }: Pick<DiffOptions, 'groupBy' | 'filter'>,
  sides: readonly SideSample[],
): void {
  for (const { sample, source } of sides) {
    const { detail } = sample;
    const canGroup = GROUPINGS_OF[detail].includes(groupBy);
    if (canGroup && (filter === undefined || detail === 'all')) continue;
    const option = canGroup ? '--filter' : `--group-by ${groupBy}`;
    const held = detail === 'total' ? 'only totals' : `only sums by ${detail}`;
    throw new UsageError(`${option}: '${source}' holds ${held}`);
  }
}
