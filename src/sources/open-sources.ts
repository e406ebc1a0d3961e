import type { Options } from '../cli/options/options.ts';
import { parsePids } from '../cli/options/pid.ts';
import type { ReportOrigin } from '../format/report.ts';
import { FieldVocabulary } from '../model/fields.ts';
import type { Problem } from '../model/problem.ts';
import { UsageError } from '../model/usage-error.ts';
import { checkProcRoot } from '../proc/proc-root.ts';
import { readSystem } from '../proc/system.ts';
import type { RowChoice } from '../verbs/map/print-maps.ts';
import { type MapSource, processSource } from './map-source.ts';
import type { RecordedSources } from './recorded-sources.ts';
import type { RowRequest } from './row-pipeline.ts';

/** The options that say what is read. */
export type SourceOptions = Pick<
  Options,
  'from' | 'at' | 'name' | 'full' | 'user' | 'children' | 'all'
>;

/** What a command line reads. */
export interface Sources {
  readonly sources: readonly MapSource[];
  /** What is wrong already: processes of which it could not be told whether they are meant. */
  readonly problems: readonly Problem[];
  /** No process meets the description. */
  readonly noMatch: boolean;
  /** Where and when a recording was made, if that is what is read. */
  readonly recorded?: Pick<RecordedSources, 'origin' | 'maxMapCount'>;
}

/** Checks that a command line says what to read, in one way. @throws UsageError. */
export function checkOperands(
  options: SourceOptions,
  operands: readonly string[],
  hasArgs: boolean,
): void {
  const isDescribed = describesProcesses(options);
  if (operands.length === 0 && options.from === undefined && !isDescribed) {
    throw new UsageError('argument missing', hasArgs ? 'message' : 'usage');
  }
  if (options.from !== undefined && (operands.length > 0 || isDescribed)) {
    throw new UsageError('--from reads a file: no process can be named with it');
  }
  if (options.at !== undefined && options.from === undefined) {
    throw new UsageError('--at names a moment of a recording: it needs --from');
  }
  if (options.full && options.name === undefined) {
    throw new UsageError('--full says how --name matches: it needs --name');
  }
}

/** Processes and files that a command line comes to. @throws UsageError, SystemError. */
export async function sourcesOf(
  options: SourceOptions,
  operands: readonly string[],
  root: string,
): Promise<Sources> {
  if (options.from !== undefined) {
    const { recordedSources } = await import('./recorded-sources.ts');
    const recorded = await recordedSources(options.from, options.at);
    if (recorded !== undefined) {
      const { sources, problems } = recorded;
      return { sources, problems, noMatch: false, recorded };
    }
    const { savedSource } = await import('./saved-source.ts');
    return { sources: [savedSource(options.from)], problems: [], noMatch: false };
  }
  const listed = parsePids(operands);
  checkProcRoot(root, process.platform);
  const { pids, problems, noMatch } = await processesOf(options, listed, root);
  if (pids.length === 0 && !noMatch) {
    throw new UsageError('none of the arguments is a process id', 'message');
  }
  return { sources: pids.map((pid) => processSource(root, pid)), problems, noMatch };
}

async function processesOf(options: SourceOptions, listed: readonly number[], root: string) {
  if (!describesProcesses(options) && !options.children) {
    return { pids: listed, problems: [], noMatch: false };
  }
  const { chooseProcesses } = await import('./chosen-processes.ts');
  return chooseProcesses(root, listed, options);
}

/** Whether processes are described, by name, user or all, instead of being listed by number. */
function describesProcesses({ name, user, all }: SourceOptions): boolean {
  return name !== undefined || user !== undefined || all;
}

/** The fields of the kernel at hand, looked up only where a column is named that it may have. */
export async function fieldsOf(
  { columns, filter, sort }: Pick<Options, 'columns' | 'filter' | 'sort'>,
  root: string,
  sources: readonly MapSource[],
): Promise<FieldVocabulary> {
  if (columns === undefined && filter === undefined && sort === undefined) {
    return new FieldVocabulary();
  }
  const { knownFields, mergedFields } = await import('../proc/maps/known-fields.ts');
  const recorded = sources.flatMap((source) => source.recorded?.vocabulary ?? []);
  if (recorded.length > 0) return mergedFields(recorded);
  return knownFields(
    root,
    sources.map(({ subject }) => subject.pid),
  );
}

/** Which rows are wanted; the code for that is loaded only where some are. @throws UsageError. */
export async function rowsOf(
  request: RowRequest | undefined,
  known: FieldVocabulary,
): Promise<RowChoice | undefined> {
  if (request === undefined) return undefined;
  const { planRows } = await import('./row-plan.ts');
  return planRows(request, known);
}

/** Options that say twice, or against each other, how a report is written. @throws UsageError. */
export function checkFormat({
  json,
  format,
  human,
  bytes,
  total,
}: Pick<Options, 'json' | 'format' | 'human' | 'bytes' | 'total'>): void {
  const isMachine = json || (format !== undefined && format !== 'text');
  if (json && format !== undefined && format !== 'json') {
    throw new UsageError(`--json contradicts --format ${format}`);
  }
  if (isMachine && total) {
    throw new UsageError('--total is for text: --json has totals, and summary has them as CSV');
  }
  if (human && bytes) throw new UsageError('--human contradicts --bytes');
  if (isMachine && human) {
    throw new UsageError('--human is for people: machine formats have sizes in bytes');
  }
}

/** When and where a report is made, or a recording was; a saved file does not say. */
export function originOf(
  root: string,
  from?: string,
  recorded?: Sources['recorded'],
): ReportOrigin {
  if (recorded?.origin !== undefined) return recorded.origin;
  const takenAt = new Date().toISOString();
  return from === undefined
    ? { takenAt, ...readSystem(root) }
    : { takenAt, host: undefined, kernel: undefined };
}
