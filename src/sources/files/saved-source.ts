import { basename } from 'node:path';
import { toByteString } from '../../model/byte-string.ts';
import { fileErrorFrom } from '../../model/errors/errno.ts';
import { fileError, inputName } from '../../model/errors/file-error.ts';
import { ProblemError } from '../../model/errors/problem.ts';
import type { FieldSlots } from '../../model/fields.ts';
import type { ProcessHead } from '../../model/process.ts';
import { type MappingReader, needsSmaps } from '../../proc/maps/mapping-reader.ts';
import type { Rollup } from '../../proc/maps/rollup.ts';
import { textProblems } from '../../proc/maps/text-problems.ts';
import { pidOfPath } from '../../proc/saved/heading.ts';
import { noMapIn, type OpenText, openText } from '../../proc/saved/open-text.ts';
import { type SavedProcess, SavedText, type SavedTotals } from '../../proc/saved/saved-text.ts';
import type { MapSource } from '../map-source.ts';
import { boundedReader, type SavedReader } from './bounded-reader.ts';

/**
 * The processes of a saved text, `-` for standard input, to be iterated once, each to be read before the
 * next. `slots` gives fields their slots. A file that cannot be opened is one source that says so when it is
 * read.
 */
export async function savedSources(file: string, slots: FieldSlots): Promise<Iterable<MapSource>> {
  try {
    return processesOf(file, await openText(file), slots);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [failedSource(file, error)];
  }
}

function* processesOf(file: string, text: OpenText, slots: FieldSlots): Iterable<MapSource> {
  const saved = new SavedText(text, slots);
  let count = 0;
  try {
    for (;;) {
      const next = nextOf(saved, file);
      if (next instanceof ProblemError) {
        yield failedSource(file, next);
        return;
      }
      if (next === undefined) break;
      count++;
      let hasFailed = false;
      const onFailure = () => {
        hasFailed = true;
      };
      yield savedSource(file, next, text, onFailure);
      // What failed would fail again.
      if (hasFailed) return;
    }
    const damage = text.damage();
    if (damage !== undefined) yield failedSource(file, damage);
    else if (count === 0) yield failedSource(file, noMapIn(text));
  } finally {
    saved.close();
  }
}

function nextOf(saved: SavedText, file: string): SavedProcess | ProblemError | undefined {
  try {
    return saved.next();
  } catch (error) {
    return fileErrorFrom(error, file);
  }
}

/** Stands for the process of a saved text; its name is the name of the file. */
export function placeholderHead(path: string, pid = pidOfPath(path) ?? 0): ProcessHead {
  const comm = toByteString(path === '-' ? inputName(path) : basename(path));
  return {
    pid,
    askedPid: pid,
    comm,
    state: '?',
    cmdline: '',
    startStack: 0,
    startTimeTicks: 0,
  };
}

function savedSource(
  file: string,
  saved: SavedProcess,
  text: OpenText,
  onFailure: () => void,
): MapSource {
  const name = inputName(file);
  const { kind, pid, totals } = saved;
  return {
    ...commonParts(file),
    head: () => placeholderHead(file, pid),
    open: (wanted) => {
      const { what, needed } = KINDS[kind];
      if (kind === 'smaps' || (kind === 'maps' && !needsSmaps(wanted))) {
        const isLoose = text.loose !== undefined;
        const reader = boundedReader(saved.open(wanted), name, onFailure);
        return wholeRecords(reader, saved.firstLine, isLoose);
      }
      throw fileError(file, `is ${what}: ${needed}`, 'missing-file');
    },
    ...(totals === undefined ? {} : { totals: () => undamaged(totals, name) }),
  };
}

/** The totals. @throws ProblemError if their text is damaged or cut. */
function undamaged(totals: SavedTotals, subject: string): Rollup {
  const [problem] = textProblems({ pid: 0, subject }, '', totals.notes);
  if (problem !== undefined) throw new ProblemError(problem);
  return totals;
}

const KINDS = {
  smaps: { what: 'a smaps file', needed: '' },
  maps: {
    what: 'a maps file, which does not say what is in RAM',
    needed: 'this report needs smaps',
  },
  rollup: {
    what: 'totals only (smaps_rollup)',
    needed: "'tsmap summary --totals-only' shows them",
  },
} as const;

function failedSource(file: string, error: ProblemError): MapSource {
  const fail = () => {
    throw error;
  };
  return { ...commonParts(file), head: fail, open: fail };
}

function commonParts(file: string) {
  const name = inputName(file);
  return {
    subject: { pid: 0, subject: name },
    canReadAgain: false,
    isNamed: true,
    path: () => name,
    problem: (error: unknown) => fileErrorFrom(error, file),
    // A saved map does not list mounts, so every mapping with the name of a segment counts as one.
    isSharedMemoryDevice: (major: number) => major === 0,
  };
}

/**
 * Leaves out a last record that is cut off: its fields would be incomplete. Says in the notes which lines
 * of a text that is something else were read.
 */
function wholeRecords(reader: SavedReader, firstLine: number, isLoose: boolean): MappingReader {
  const { notes } = reader;
  let lastLine = firstLine;
  return {
    vocabulary: reader.vocabulary,
    notes,
    next: () => {
      const mapping = reader.next();
      if (mapping !== undefined) lastLine = notes.lines;
      else if (isLoose) notes.remark = `lines ${firstLine} to ${lastLine} are read as a map`;
      return notes.wasCut ? undefined : mapping;
    },
    // The file stays open: the next process is read from it.
    close: () => undefined,
  };
}
