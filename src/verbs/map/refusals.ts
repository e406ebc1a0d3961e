import type { OptionTable } from '../../cli/options/option.ts';
import { formatOf } from '../../cli/options/shared-options.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import { MAP_OPTIONS, type MapOptions } from './options.ts';

/** Options that have no effect together, and why not. */
interface Refusal {
  readonly applies: (options: MapOptions, kind: ReportKind) => boolean;
  readonly message: string;
}

/** What decides about the columns: pmap's layout, a table of tsmap's own, or a format for programs. */
type ReportKind = 'layout' | 'table' | 'machine';

/** In the order in which they are asked; the first that applies is reported. */
const REFUSALS: readonly Refusal[] = [
  {
    applies: ({ total, groupBy }) => total && groupBy !== undefined,
    message: '--total contradicts --group-by',
  },
  {
    applies: ({ total, sort }) => total && sort !== undefined,
    message: '--total shows no rows, so --sort has no effect',
  },
  {
    applies: ({ total, top }) => total && top !== undefined,
    message: '--total counts all rows, so --top has no effect',
  },
  {
    applies: ({ total, showPath }) => total && showPath,
    message: '--total shows no names, so -p has no effect',
  },
  {
    applies: ({ groupBy, showPath }) => showPath && groupBy !== undefined && groupBy !== 'mapping',
    message: '-p shows the paths of files: it works with --group-by mapping only',
  },
  {
    applies: (options, kind) =>
      kind !== 'layout' && (options.readRc || options.readRcFrom !== undefined),
    message:
      '-c and -C choose columns of their own: leave out --columns, units, totals and formats',
  },
  {
    applies: ({ layout }, kind) => kind !== 'layout' && layout !== undefined,
    message: "--layout is for pmap's layouts: this report is a table or format of tsmap's own",
  },
  {
    applies: (options, kind) =>
      kind === 'table' && choosesLayout(options) && replacesColumns(options),
    message:
      "-x, -d and -X choose columns, which are replaced here: '--columns +NAME' adds to them",
  },
];

/** @throws UsageError for an option that would be ignored. */
export function refuseIdleOptions(options: MapOptions): void {
  const kind = kindOf(options);
  const found = REFUSALS.find(({ applies }) => applies(options, kind));
  if (found !== undefined) throw new UsageError(found.message);
}

/** @throws UsageError for options of tsmap's own beside -n and -N, which only create a file. */
export function refuseBesideCreation(order: readonly string[]): void {
  const table: OptionTable = MAP_OPTIONS;
  const own = order.map((name) => table[name]).find((option) => option?.short === undefined);
  if (own === undefined) return;
  throw new UsageError(`-n and -N only create a file, so --${own.long} has no effect`);
}

function kindOf(options: MapOptions): ReportKind {
  if (formatOf(options) !== 'text') return 'machine';
  const { columns, groupBy, human, bytes, total } = options;
  const isOwn = columns !== undefined || groupBy !== undefined || human || bytes || total;
  return isOwn ? 'table' : 'layout';
}

function choosesLayout({ extended, device, detail }: MapOptions): boolean {
  return extended || device || detail > 0;
}

/** Whether the columns of the report are none of those of the layout. */
function replacesColumns({ columns, groupBy, total }: MapOptions): boolean {
  const isList = columns !== undefined && !/^\s*[+-]/.test(columns);
  return isList || groupBy !== undefined || total;
}
