import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { startsRecording } from '../../model/recording-start.ts';
import { compressionOf } from '../compression/decompress.ts';
import { memberLength } from '../compression/gzip-members.ts';
import { zstdOfNode } from '../compression/zstd.ts';

const BEGINNING_BYTES = 64 * 1024;

/**
 * Whether a file is a recording, judged by its beginning, compressed or not. False for pipes and
 * standard input (`-`), because looking at them would consume their bytes, and for files that
 * cannot be read: opening them gives the better message.
 *
 * A file compressed with zstd counts as a recording if this Node lacks zstd: reading it says so.
 */
export async function isRecording(path: string): Promise<boolean> {
  const beginning = path === '-' ? undefined : beginningOf(path);
  if (beginning === undefined) return false;
  const compression = compressionOf(beginning);
  if (compression === 'zstd') {
    const text = unzstdedBeginning(beginning);
    return text === undefined || startsRecording(text);
  }
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

/** A few bytes of compressed data are enough for the first words, and cannot become many. */
const COMPRESSED_BYTES = 4096;
/** At the end of a member. Not looked at: reading all of it says better what is damaged. */
const CHECKSUM_BYTES = 8;

function unzippedBeginning(beginning: Buffer): Buffer {
  try {
    // Only the first member if it is one of ours: damage after it does not matter.
    const length = memberLength(beginning) ?? -1;
    const end = length > 0 ? Math.min(length - CHECKSUM_BYTES, COMPRESSED_BYTES) : COMPRESSED_BYTES;
    // Flush instead of finish, because these bytes are not the end of the file.
    return gunzipSync(beginning.subarray(0, end), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Bytes of input to try: zstd gives no text before the first block is whole, and blocks differ in size. */
const ZSTD_INPUTS = [512, 4096, 32_768, BEGINNING_BYTES];
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
/** ZSTD_e_flush: these bytes are not the end of the file. */
const FLUSH = 1;

/** The first text in a file of zstd; undefined if this Node cannot tell. */
function unzstdedBeginning(beginning: Buffer): Buffer | undefined {
  const zstd = zstdOfNode();
  const options = { maxOutputLength: MAX_TEXT_BYTES, finishFlush: FLUSH };
  for (const bytes of zstd === undefined ? [] : ZSTD_INPUTS) {
    try {
      const text = zstd?.zstdDecompressSync(beginning.subarray(0, bytes), options);
      if (text !== undefined && text.length > 0) return text;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
