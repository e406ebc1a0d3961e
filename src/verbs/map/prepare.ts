import type { Invocation } from '../../cli/invocation.ts';
import { validateFormat, validateOperands } from '../../cli/options/validate-options.ts';
import { rootOf, sourcesFrom } from '../../cli/source-arguments.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import { isSummable } from '../../columns/column.ts';
import { finderOf, originOf, type Sources } from '../../sources/open-sources.ts';
import type { RowPlan } from '../../sources/rows/row-plan.ts';
import { baseColumnsFor } from './base-columns.ts';
import { chooseReport, type ReportFactory } from './choose-report.ts';
import type { MapRequest } from './map-request.ts';
import type { MapOptions } from './options.ts';
import { readRcSettings } from './rc-options.ts';
import { refuseIdleOptions } from './refusals.ts';

/** Everything that is decided before a process is read. */
export interface PreparedMap extends Pick<Sources, 'problems' | 'noMatch'> {
  readonly request: MapRequest;
  readonly reports: ReportFactory;
}

/**
 * Checks options and operands, and prepares the report. Checks are in pmap's order, so that of several
 * mistakes the same one is reported: a wrong rc file before a wrong process id.
 *
 * @throws UsageError, RcError, SystemError.
 */
export async function prepareMap(
  options: MapOptions,
  operands: readonly string[],
  invocation: Invocation,
): Promise<PreparedMap> {
  validateOperands(options, operands, invocation.args.length > 0);
  validateFormat(options);
  refuseIdleOptions(options);
  const rc = readRcSettings(options, invocation);
  const root = rootOf(options);
  const chosen = await sourcesFrom(options, operands);
  let finder: Promise<FindColumn> | undefined;
  const loadFinder = () => (finder ??= finderOf(root, chosen));
  const rows = await prepareRows(options, loadFinder);
  const reports = await chooseReport(options, invocation, { loadFinder, rc });
  const needsKinds = reports.needsKinds || rows?.needsKinds === true;
  const { sources, problems, noMatch, recorded } = chosen;
  const isOwnTable = reports.isOwnTable;
  const request = {
    sources,
    showPath: options.showPath,
    // tsmap's own tables show the kernel's names.
    useKernelName: options.useKernelName || isOwnTable,
    isOwnTable,
    rows,
    classified: needsKinds ? await loadClassified() : undefined,
    origin: () => originOf(root, options.from, recorded),
  };
  return { request, reports, problems, noMatch };
}

async function loadClassified(): Promise<MapRequest['classified']> {
  const { classified } = await import('../../sources/classified-reader.ts');
  const { evidenceOf } = await import('../../sources/kind-evidence.ts');
  return (reader, head, source) => classified(reader, evidenceOf(source, head));
}

/** How rows are chosen; undefined if all are shown, and then no code is loaded. @throws UsageError. */
async function prepareRows(
  options: MapOptions,
  loadFinder: () => Promise<FindColumn>,
): Promise<RowPlan | undefined> {
  const { range, filter, sort, top, groupBy } = options;
  if ([range, filter, sort, top, groupBy].every((each) => each === undefined)) return undefined;
  const { planRows } = await import('../../sources/rows/row-plan.ts');
  const order = groupBy === undefined ? sort : (sort ?? (await groupOrder(options, loadFinder)));
  return planRows({ range, filter, sort: order, top, groupBy }, await loadFinder());
}

/** The largest group first, by what is shown: RSS, or else the first column that can be added up. */
async function groupOrder(
  options: MapOptions,
  loadFinder: () => Promise<FindColumn>,
): Promise<string | undefined> {
  const { chooseColumns } = await import('../../cli/options/column-choice.ts');
  const { columns } = chooseColumns(options.columns, baseColumnsFor(options), await loadFinder());
  const summable = columns.filter(isSummable);
  const { id } = summable.find((column) => column.id === 'rss') ?? summable[0] ?? {};
  return id === undefined ? undefined : `-${id}`;
}
