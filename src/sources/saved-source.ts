import { isProblemError, ProblemError } from '../model/problem.ts';
import { FileProblemError, fileProblemFrom } from '../proc/file-problem.ts';
import type { MappingReader, WantedFields } from '../proc/maps/mapping-reader.ts';
import { mapFileFor } from '../proc/maps/open-mappings.ts';
import { openSaved, pseudoHead, savedName } from '../proc/saved/saved-map.ts';
import type { MapSource } from './map-source.ts';

/** A saved maps or smaps text; `-` is standard input. */
export function savedSource(file: string): MapSource {
  const name = savedName(file);
  const subject = { pid: 0, subject: name };
  const problem = (error: unknown): ProblemError => {
    if (isProblemError(error)) return error;
    const { code, message } = fileProblemFrom(error, name).problem;
    return new ProblemError({ ...subject, code, message });
  };
  return {
    subject,
    canReadAgain: false,
    head: () => pseudoHead(file),
    open: (wanted) => openFile(file, wanted, problem),
    path: () => name,
    problem,
    // A text does not say what is mounted: names of segments are taken for segments.
    isSharedMemoryDevice: (major) => major === 0,
  };
}

function openFile(
  file: string,
  wanted: WantedFields,
  problem: (error: unknown) => ProblemError,
): MappingReader {
  try {
    const { reader, kind } = openSaved(file, wanted);
    if (kind === 'smaps' || mapFileFor(wanted) === 'maps') return wholeRecords(reader);
    reader.close();
  } catch (error) {
    throw problem(error);
  }
  const message = 'is a maps file, which does not say what is in RAM: this report needs smaps';
  throw problem(new FileProblemError({ path: savedName(file), code: 'missing-file', message }));
}

/** Leaves out the record that the end of a saved file cuts: what is missing of it comes no more. */
function wholeRecords(reader: MappingReader): MappingReader {
  return {
    vocabulary: reader.vocabulary,
    notes: reader.notes,
    next: () => {
      const mapping = reader.next();
      return reader.notes.wasCut ? undefined : mapping;
    },
    close: () => reader.close(),
  };
}
