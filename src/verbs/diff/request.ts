import { chooseColumns } from '../../cli/options/column-choice.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import { isSummable } from '../../columns/column.ts';
import { UsageError } from '../../model/usage-error.ts';
import { filterOf, sortKeysOf } from '../../sources/rows/row-plan.ts';
import { canGroup, type DiffRequest } from './compare.ts';
import type { DiffOptions } from './options.ts';
import type { SideSample } from './pair-sides.ts';

/** What the process itself does: pss and uss change also when others that share its files come. */
const BASE_COLUMNS = ['rss', 'swap', 'size'];

/** What a command line asks of a comparison. @throws UsageError. */
export function diffRequest(options: DiffOptions, findColumn: FindColumn): DiffRequest {
  const { groupBy, top, unchanged } = options;
  const chosen = chooseColumns(options.columns, BASE_COLUMNS, findColumn).columns;
  const wrong = chosen.find((column) => !isSummable(column));
  if (wrong !== undefined) {
    throw new UsageError(`--columns: '${wrong.id}' is not a number whose changes add up`);
  }
  return {
    columns: chosen.filter(isSummable),
    sort: options.sort === undefined ? [] : sortKeysOf(options.sort, findColumn),
    filter: filterOf(options.filter, findColumn),
    groupBy,
    top,
    unchanged,
  };
}

/** Checks that each side holds what it is to be grouped and filtered by. @throws UsageError. */
export function checkDetail(
  { groupBy, filter }: Pick<DiffOptions, 'groupBy' | 'filter'>,
  sides: readonly SideSample[],
): void {
  for (const { sample, source } of sides) {
    const { detail } = sample;
    const asked = canGroup(detail, groupBy) ? '--filter' : `--group-by ${groupBy}`;
    if (asked === '--filter' && (filter === undefined || detail === 'all')) continue;
    const held = detail === 'total' ? 'totals alone' : `mappings by ${detail} alone`;
    throw new UsageError(`${asked}: '${source}' holds ${held}`);
  }
}
