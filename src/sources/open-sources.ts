import type { FindColumn } from '../columns/catalogue.ts';
import type { Problem } from '../model/errors/problem.ts';
import { UsageError } from '../model/errors/usage-error.ts';
import { FieldSlots } from '../model/fields.ts';
import type { ReportOrigin } from '../model/report-origin.ts';
import { readSystem } from '../proc/system.ts';
import type { PositionInRecording } from '../recording/read/position.ts';
import type { RecordedSources } from './files/recorded-sources.ts';
import { type MapSource, processSource } from './map-source.ts';
import { isDescribed, type ProcessDescription } from './process-description.ts';

/** What to read: a file, or processes that are listed or match a description. */
export interface SourceSelection extends ProcessDescription {
  /** Recordings and saved texts; `-` is standard input. */
  readonly from: readonly string[] | undefined;
  /** Which moment of a recording. */
  readonly at: PositionInRecording | undefined;
  /** The process ids that are listed. */
  readonly pids: readonly number[];
  /** The directory that is laid out like /proc. */
  readonly root: string;
  /** tsmap's own process id, which is never chosen by a description. */
  readonly ownPid: number;
}

/** The result of resolving a selection. */
export interface Sources {
  /**
   * To be iterated once, and each source to be read before the next: the processes of a saved text are
   * found while it is read.
   */
  readonly sources: Iterable<MapSource>;
  /** Problems met so far: processes that could not be checked against the description. */
  readonly problems: readonly Problem[];
  /** No process matches the description. */
  readonly noMatch: boolean;
  /** The register of slots that all readings of the sources share. */
  readonly slots: FieldSlots;
  /** Set if the sources come from a recording. */
  readonly recorded?: Pick<RecordedSources, 'origin' | 'maxMapCount'>;
}

/** Finds the sources of a selection. Only recordings are read at once. @throws UsageError. */
export async function openSources(selection: SourceSelection): Promise<Sources> {
  const { from, at, root } = selection;
  const slots = new FieldSlots();
  if (from !== undefined) return openFiles(from, at, slots);
  const { pids, problems, noMatch } = await chosenProcesses(selection);
  if (pids.length === 0 && !noMatch) {
    throw new UsageError('none of the arguments is a process id', 'message');
  }
  const named = new Set(selection.pids);
  const sources = pids.map((pid) => processSource(root, pid, slots, named.has(pid)));
  return { sources, problems, noMatch, slots };
}

/** Opens the files in their order. @throws UsageError when standard input is given twice. */
async function openFiles(
  files: readonly string[],
  at: PositionInRecording | undefined,
  slots: FieldSlots,
): Promise<Sources> {
  if (files.filter((file) => file === '-').length > 1) {
    throw new UsageError(
      "--from: '-' can be given only once: standard input can be read only once",
    );
  }
  const opened: Sources[] = [];
  for (const file of files) opened.push(await openFile(file, at, slots));
  const [first] = opened;
  if (first !== undefined && opened.length === 1) return first;
  const recorded = opened.every(({ recorded }) => recorded !== undefined) && first?.recorded;
  return {
    sources: concatenated(opened),
    problems: opened.flatMap(({ problems }) => problems),
    noMatch: false,
    slots,
    ...(recorded ? { recorded } : {}),
  };
}

function* concatenated(opened: readonly Sources[]): Iterable<MapSource> {
  for (const { sources } of opened) yield* sources;
}

async function openFile(
  file: string,
  at: PositionInRecording | undefined,
  slots: FieldSlots,
): Promise<Sources> {
  const { recordedSources } = await import('./files/recorded-sources.ts');
  const recorded = await recordedSources(file, at, slots);
  if (recorded !== undefined) {
    const { sources, problems } = recorded;
    return { sources, problems, noMatch: false, slots, recorded };
  }
  const { savedSources } = await import('./files/saved-source.ts');
  return { sources: await savedSources(file, slots), problems: [], noMatch: false, slots };
}

async function chosenProcesses(selection: SourceSelection) {
  const { pids, root, ownPid } = selection;
  if (!isDescribed(selection) && !selection.children) return { pids, problems: [], noMatch: false };
  const { chooseProcesses } = await import('./chosen-processes.ts');
  return chooseProcesses(root, pids, selection, ownPid);
}

/** Makes a function that finds columns by name; loaded only if columns are named or shown. */
export async function finderOf(
  root: string,
  { sources, slots }: Pick<Sources, 'sources' | 'slots'>,
): Promise<FindColumn> {
  const { columnFinder, fieldsOfSources } = await import('./rows/column-finder.ts');
  // A saved text can be read only once: its sources must not be asked.
  const known = Array.isArray(sources) ? sources : [];
  return columnFinder(() => fieldsOfSources(root, known, slots));
}

/** When and where the report, or its recording, was made. A saved map does not say where. */
export function originOf(
  root: string,
  from?: readonly string[],
  recorded?: Sources['recorded'],
): ReportOrigin {
  if (recorded?.origin !== undefined) return recorded.origin;
  const takenAt = new Date().toISOString();
  return from === undefined
    ? { takenAt, ...readSystem(root) }
    : { takenAt, host: undefined, kernel: undefined };
}
