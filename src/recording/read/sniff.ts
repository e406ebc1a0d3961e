import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { startsRecording } from '../../model/recording-start.ts';
import { compressionOf } from '../compression/decompress.ts';
import { memberLength } from '../compression/gzip-members.ts';

const BEGINNING_BYTES = 64 * 1024;

/**
 * Whether a file is a recording, by its beginning, compressed or not. Only files can be looked at
 * without taking something away: of pipes and of standard input (`-`) the answer is false, and of
 * files that cannot be read, which whoever opens them tells better.
 *
 * What is compressed with zstd is taken for a recording: nothing else that tsmap reads can be.
 */
export async function isRecording(path: string): Promise<boolean> {
  const beginning = path === '-' ? undefined : beginningOf(path);
  if (beginning === undefined) return false;
  const compression = compressionOf(beginning);
  if (compression === 'zstd') return true;
  const text = compression === 'gzip' ? unzippedBeginning(beginning) : beginning;
  return startsRecording(text);
}

function beginningOf(path: string): Buffer | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    if (!fstatSync(fd).isFile()) return undefined;
    const bytes = Buffer.alloc(BEGINNING_BYTES);
    return bytes.subarray(0, readSync(fd, bytes, 0, BEGINNING_BYTES, 0));
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function unzippedBeginning(beginning: Buffer): Buffer {
  try {
    // Our own first member alone: what is behind it may be damaged.
    const length = memberLength(beginning) ?? -1;
    if (length > 0 && length <= beginning.length) return gunzipSync(beginning.subarray(0, length));
    // A flush at the end instead of a finish: the file goes on behind these bytes.
    return gunzipSync(beginning, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
