import { compileFilter, type Filter } from '../../aggregate/filter/compile.ts';
import { ParseError } from '../../aggregate/parse-error.ts';
import type { AddressRange } from '../../aggregate/range.ts';
import { parseSort, type SortKey } from '../../aggregate/sort.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import { type ColumnNeeds, needsOf } from '../../columns/needs.ts';
import { mistakeIn } from '../../model/errors/usage-error.ts';
import type { Grouping } from '../../model/grouping.ts';
import { bareSizeNotice } from '../../model/units/size.ts';
import { type RowContext, RowPipeline, type RowRules } from './row-pipeline.ts';

/** Which rows to show, as the user wrote it. */
export interface RowRequest {
  readonly range?: AddressRange | undefined;
  readonly filter?: string | undefined;
  readonly sort?: string | undefined;
  readonly top?: number | undefined;
  readonly groupBy?: Grouping | undefined;
}

/** How rows are chosen, and what must be read to choose them. */
export interface RowPlan extends ColumnNeeds {
  /** Messages for stderr. */
  readonly notices: readonly string[];
  /** Makes the pipeline for one process. */
  open(context: RowContext): RowPipeline;
}

/** Compiles a request, once for all processes of a run. @throws UsageError that points at the mistake. */
export function planRows(request: RowRequest, findColumn: FindColumn): RowPlan {
  const { range, top, groupBy } = request;
  const filter = filterOf(request.filter, findColumn);
  const sort = request.sort === undefined ? [] : sortKeysOf(request.sort, findColumn);
  const rules: RowRules = { range, filter, sort, top, groupBy };
  const sorting = needsOf(sort.map(({ column }) => column));
  const isGroupedByKind = groupBy === 'kind' || groupBy === 'mapping';
  return {
    fields: [...(filter?.fields ?? []), ...sorting.fields],
    needsKinds: filter?.needsKinds === true || sorting.needsKinds || isGroupedByKind,
    notices: filterNotices(filter),
    open: (context) => new RowPipeline(rules, context),
  };
}

/** The filter that `--filter` gives, if any. @throws UsageError that points at the mistake. */
export function filterOf(text: string | undefined, findColumn: FindColumn): Filter | undefined {
  if (text === undefined) return undefined;
  return parsed('--filter', text, () => compileFilter(text, findColumn));
}

/** What to say on stderr about a filter that is right but unclear. */
export function filterNotices(filter: Pick<Filter, 'bareSize'> | undefined): string[] {
  const size = filter?.bareSize;
  return size === undefined ? [] : [`--filter: ${bareSizeNotice(size, { bareUnit: 'KiB' })}`];
}

/** The keys that `--sort` gives. @throws UsageError that points at the mistake. */
export function sortKeysOf(text: string, findColumn: FindColumn): SortKey[] {
  return parsed('--sort', text, () => parseSort(text, findColumn));
}

function parsed<T>(option: string, text: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof ParseError ? mistakeIn(option, text, error) : error;
  }
}
