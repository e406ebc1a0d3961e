/**
 * tsmap as a library: the memory of Linux processes as typed records.
 *
 * ```ts
 * import { nameText, takeSnapshot } from 'tsmap';
 *
 * const snapshot = takeSnapshot(process.pid);
 * console.log(snapshot.totals.pssKib);
 * for (const { label, totals } of snapshot.groups('mapping')) console.log(nameText(label), totals.rssKib);
 * ```
 *
 * Every function takes what it reads first, then options. Numbers named `...Kib` are KiB (1024 bytes),
 * `...Ms` milliseconds; a figure that the kernel does not report is undefined, never 0. docs/library.md
 * shows each function with its output.
 */
export { exactBytes } from './columns/machine.ts';
export type { MappingDifference } from './library/differences.ts';
export type { MappingRecord } from './library/mapping-record.ts';
export type { MemoryFigure, MemoryTotals } from './library/memory-totals.ts';
export {
  readMaps,
  readProcessHead,
  readSmaps,
  type SmapsOptions,
} from './library/read-mappings.ts';
export type { ReadOptions } from './library/read-options.ts';
export {
  openRecording,
  type RecordedSnapshot,
  type RecordingReader,
} from './library/read-recording.ts';
export { type MappingGroup, readRollup, Snapshot, takeSnapshot } from './library/snapshot.ts';
export { type ByteString, fromByteString as nameText } from './model/byte-string.ts';
export type { Status } from './model/difference.ts';
export { type Problem, type ProblemCode, ProblemError } from './model/errors/problem.ts';
export type { Grouping } from './model/grouping.ts';
export { KINDS, type Kind } from './model/kind.ts';
export type { ProcessHead } from './model/process.ts';
export type { RecordingHeader } from './recording/recording-header.ts';
