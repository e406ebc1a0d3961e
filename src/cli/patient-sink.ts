import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import type { Sink } from '../format/byte-writer.ts';
import { sinkTo } from './output.ts';

const STDOUT = 1;

/**
 * Writes on stdout. Where that is a pipe whose reader takes its time, the waiting is done in `wait`:
 * a write that waits hears no signal.
 */
export function patientSink(wait: (write: () => void) => void): Sink {
  const rest = sinkTo(STDOUT);
  const pipe = openPipe();
  if (pipe === undefined) return rest;
  return (bytes) => {
    const written = writeWhatFits(pipe, bytes);
    if (written < bytes.length) wait(() => rest(bytes.subarray(written)));
  };
}

/**
 * Stdout once more, so that only we do not wait at it: to set that on stdout itself would do so for
 * everyone who shares it. Undefined where it is no pipe, or cannot be opened.
 */
function openPipe(): number | undefined {
  try {
    if (!fstatSync(STDOUT).isFIFO()) return undefined;
    return openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

/** How many bytes were taken; errors come up again where all is written. */
function writeWhatFits(fd: number, bytes: Uint8Array): number {
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(fd, bytes, at, bytes.length - at);
  } catch {
    // The pipe is full, or has no reader.
  }
  return at;
}
