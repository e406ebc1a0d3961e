import { readlinkSync } from 'node:fs';
import type { ByteString } from '../../model/byte-string.ts';
import type { KindEvidence, LoadSegment, MappedFile } from '../../model/kind-evidence.ts';
import { type ProcessPlace, placePath } from '../process/process-place.ts';
import { readMappedFile } from './mapped-file.ts';
import { loadSegments } from './program-headers.ts';

type Segments = readonly LoadSegment[] | undefined;

/** Finds the loaded segments of the files that a process has mapped; reads each file once. */
export function elfSegments(place: ProcessPlace): NonNullable<KindEvidence['segmentsOf']> {
  const known = new Map<string, Segments>();
  let last: { readonly file: MappedFile; readonly segments: Segments } | undefined;
  return (file) => {
    // A file is asked about for each nameless mapping up to the next file; there may be 64,000.
    if (file === last?.file) return last.segments;
    const key = `${file.deviceMajor}:${file.deviceMinor}:${file.inode}:${file.name}`;
    if (!known.has(key)) {
      known.set(key, readMappedFile(place, file, loadSegments));
    }
    const segments = known.get(key);
    last = { file, segments };
    return segments;
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
