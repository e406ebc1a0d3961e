import { readlinkSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import type { KindEvidence, LoadSegment } from '../../model/kind-evidence.ts';
import { type ProcessPlace, placePath } from '../process/process-place.ts';
import { readMappedFile } from './mapped-file.ts';
import { loadSegments } from './program-headers.ts';

/** Headers stand at the beginning of every file that a linker wrote. */
const MAX_BYTES = 64 * 1024;

/** Finds the loaded segments of the files that a process has mapped; reads each file once. */
export function elfSegments(place: ProcessPlace): NonNullable<KindEvidence['segmentsOf']> {
  const known = new Map<string, readonly LoadSegment[] | undefined>();
  return (file) => {
    const key = `${file.deviceMajor}:${file.deviceMinor}:${file.inode}:${file.name}`;
    if (!known.has(key)) {
      const bytes = readMappedFile(place, file, MAX_BYTES);
      known.set(key, bytes && loadSegments(bytes));
    }
    return known.get(key);
  };
}

/** The name of the program that a process runs, as maps has it; undefined if it may not be read. */
export function programName(place: ProcessPlace): ByteString | undefined {
  try {
    return readlinkSync(placePath(place, 'exe'), 'latin1').replaceAll('\n', '\\012');
  } catch {
    return undefined;
  }
}
