import type { ReportOrigin } from '../format/report.ts';
import { FieldSlots, FieldVocabulary } from '../model/fields.ts';
import type { Problem } from '../model/problem.ts';
import { UsageError } from '../model/usage-error.ts';
import { readSystem } from '../proc/system.ts';
import type { PositionInRecording } from '../recording/read/position.ts';
import type { RowChoice } from '../verbs/map/print-maps.ts';
import { type MapSource, processSource } from './map-source.ts';
import { isDescribed, type ProcessDescription } from './process-description.ts';
import type { RecordedSources } from './recorded-sources.ts';
import type { RowRequest } from './row-pipeline.ts';

/** What is to be read: a file, or the processes that are listed and described. */
export interface SourceSelection extends ProcessDescription {
  /** A recording or a saved text; `-` is standard input. */
  readonly from: string | undefined;
  /** Which moment of a recording. */
  readonly at: PositionInRecording | undefined;
  /** The process ids that are listed. */
  readonly pids: readonly number[];
  /** The directory that is laid out like /proc. */
  readonly root: string;
  /** tsmap's own process id, which is never chosen by a description. */
  readonly ownPid: number;
}

/** What is read. */
export interface Sources {
  readonly sources: readonly MapSource[];
  /** Problems met already: processes of which it is not known whether they are meant. */
  readonly problems: readonly Problem[];
  /** No process matches the description. */
  readonly noMatch: boolean;
  /** The register of slots that all readings of the sources share. */
  readonly slots: FieldSlots;
  /** Where and when a recording was made, if that is what is read. */
  readonly recorded?: Pick<RecordedSources, 'origin' | 'maxMapCount'>;
}

/** Finds what a selection means; nothing of it is opened yet, save a recording. @throws UsageError. */
export async function openSources(selection: SourceSelection): Promise<Sources> {
  const { from, at, root } = selection;
  const slots = new FieldSlots();
  if (from !== undefined) return openFile(from, at, slots);
  const { pids, problems, noMatch } = await chosenProcesses(selection);
  if (pids.length === 0 && !noMatch) {
    throw new UsageError('none of the arguments is a process id', 'message');
  }
  const sources = pids.map((pid) => processSource(root, pid, slots));
  return { sources, problems, noMatch, slots };
}

async function openFile(
  file: string,
  at: PositionInRecording | undefined,
  slots: FieldSlots,
): Promise<Sources> {
  const { recordedSources } = await import('./recorded-sources.ts');
  const recorded = await recordedSources(file, at, slots);
  if (recorded !== undefined) {
    const { sources, problems } = recorded;
    return { sources, problems, noMatch: false, slots, recorded };
  }
  const { savedSource } = await import('./saved-source.ts');
  return { sources: [savedSource(file, slots)], problems: [], noMatch: false, slots };
}

async function chosenProcesses(selection: SourceSelection) {
  const { pids, root, ownPid } = selection;
  if (!isDescribed(selection) && !selection.children) return { pids, problems: [], noMatch: false };
  const { chooseProcesses } = await import('./chosen-processes.ts');
  return chooseProcesses(root, pids, selection, ownPid);
}

/** The options in which columns are named. */
export interface ColumnNames {
  readonly columns: string | undefined;
  readonly filter: string | undefined;
  readonly sort: string | undefined;
}

/** The fields of the kernel at hand, looked up only where a column is named that it may have. */
export async function fieldsOf(
  { columns, filter, sort }: ColumnNames,
  root: string,
  { sources, slots }: Pick<Sources, 'sources' | 'slots'>,
): Promise<FieldVocabulary> {
  if (columns === undefined && filter === undefined && sort === undefined) {
    return new FieldVocabulary(slots);
  }
  const { knownFields, mergedFields } = await import('../proc/maps/known-fields.ts');
  const recorded = sources.flatMap((source) => source.recorded?.vocabulary ?? []);
  if (recorded.length > 0) return mergedFields(recorded, slots);
  return knownFields(
    root,
    sources.map(({ subject }) => subject.pid),
    slots,
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
