import type { Invocation } from '../../cli/invocation.ts';
import { validateFormat, validateOperands } from '../../cli/options/validate-options.ts';
import { rootOf, sourcesFrom } from '../../cli/source-arguments.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import { finderOf, originOf, type Sources } from '../../sources/open-sources.ts';
import type { RowPlan } from '../../sources/rows/row-plan.ts';
import type { MapOptions } from './options.ts';
import type { MapRequest } from './print-maps.ts';
import { readRcOf, rowRequestOf, type Shape, shapeOf } from './shape.ts';

/** What a command line about maps comes to, before anything is read of a process. */
export interface MapPlan extends Sources {
  readonly request: MapRequest;
  readonly shape: Shape;
}

/** Checks options and operands, in pmap's order. @throws UsageError, RcError, SystemError. */
export async function planMap(
  options: MapOptions,
  operands: readonly string[],
  invocation: Invocation,
): Promise<MapPlan> {
  validateOperands(options, operands, invocation.args.length > 0);
  validateFormat(options);
  if (options.total && options.groupBy !== undefined) {
    throw new UsageError('--total contradicts --group-by');
  }
  // A wrong rc file is told before a wrong process id, as pmap does.
  const rc = readRcOf(options, invocation);
  const root = rootOf(options);
  const chosen = await sourcesFrom(options, operands);
  let finder: Promise<FindColumn> | undefined;
  const find = () => (finder ??= finderOf(root, chosen));
  const rows = await rowsOf(options, find);
  const shape = await shapeOf(options, invocation, { find, rc });
  const needsKinds = shape.needsKinds || rows?.needsKinds === true;
  const isTable = options.columns !== undefined || options.groupBy !== undefined;
  return {
    ...chosen,
    shape,
    request: {
      sources: chosen.sources,
      showPath: options.showPath,
      // Tables of tsmap's own show names as the kernel has them.
      useKernelName: options.useKernelName || isTable,
      rows,
      classified: needsKinds ? await loadClassified() : undefined,
      origin: () => originOf(root, options.from, chosen.recorded),
    },
  };
}

async function loadClassified() {
  const { classified } = await import('../../sources/classified-reader.ts');
  return classified;
}

/** Which rows are wanted; the code for that is loaded only where some are. @throws UsageError. */
async function rowsOf(
  options: MapOptions,
  find: () => Promise<FindColumn>,
): Promise<RowPlan | undefined> {
  const request = rowRequestOf(options);
  if (request === undefined) return undefined;
  const { planRows } = await import('../../sources/rows/row-plan.ts');
  return planRows(request, await find());
}
