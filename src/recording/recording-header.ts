import type { ByteString } from '../model/byte-string.ts';
import type { Detail } from '../model/detail.ts';

/** What identifies a recorded process; see RecordedProcessJson. */
export interface RecordedProcess {
  readonly pid: number;
  readonly startTimeTicks: number;
  readonly comm: ByteString;
  readonly cmdline: ByteString;
}

/** The header of a recording; see HeaderJson. */
export interface RecordingHeader {
  readonly version: string;
  readonly host: string | undefined;
  readonly kernel: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly pageSizeBytes: number | undefined;
  readonly maxMapCount: number | undefined;
  readonly intervalMs: number;
  readonly detail: Detail;
  readonly processes: readonly RecordedProcess[];
}
