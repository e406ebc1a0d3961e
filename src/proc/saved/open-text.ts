import { openSync } from 'node:fs';
import { fileErrorFrom } from '../../model/errors/errno.ts';
import { fileError, inputName, NO_ZSTD } from '../../model/errors/file-error.ts';
import type { ProblemError } from '../../model/errors/problem.ts';
import { startsRecording } from '../../model/recording-start.ts';
import { STDIN_FD } from '../../model/standard-streams.ts';
import { HEADER_SYNTAX, HeaderLine } from '../maps/header-line.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { CrlfSource } from '../source/crlf-source.ts';
import type { DecompressedSource } from '../source/decompressed-source.ts';
import { fdSource } from '../source/fd-source.ts';
import { PeekableSource } from '../source/peekable-source.ts';
import { Utf16Source } from '../source/utf16-source.ts';
import { startsZstd } from '../source/zstd-structure.ts';
import { parseHeading } from './heading.ts';
import { LooseSource } from './loose-source.ts';

/** A saved text, decoded, as lines that a strict reader can take. */
export interface OpenText {
  readonly source: ByteSource;
  /** Set if the text is something else with maps in it. */
  readonly loose: LooseSource | undefined;
  /** What is wrong with the compressed data, once it was read. */
  damage(): ProblemError | undefined;
  /** Its first line, for messages. */
  readonly firstLine: string;
}

/** Room for several lines: a path has at most 4,096 bytes, each escaped to at most four. */
const PEEK_BYTES = 64 * 1024;
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const MAX_FOUND_CHARACTERS = 60;

/**
 * Opens a file that was saved from /proc/PID/maps, smaps or smaps_rollup, or a text with such a map in it;
 * `-` is standard input. Compression, encoding and line ends are recognized by the content. The file is
 * read as a stream: memory does not grow with its size.
 *
 * @throws ProblemError when it cannot be read, is empty, or is a recording from a pipe.
 */
export async function openText(path: string): Promise<OpenText> {
  try {
    const fd = path === '-' ? STDIN_FD : openSync(path, 'r');
    return await openTextSource(fdSource(fd, inputName(path)));
  } catch (error) {
    throw fileErrorFrom(error, path);
  }
}

/** Opens a text from any source; closes the source if it is refused. @throws as openText. */
export async function openTextSource(bytes: ByteSource): Promise<OpenText> {
  try {
    const raw = new PeekableSource(bytes);
    const unpacked = await decompressed(raw);
    const plain = decoded(unpacked === undefined ? raw : new PeekableSource(unpacked));
    const beginning = plain.peek(PEEK_BYTES);
    if (beginning.length === 0 && unpacked?.damage !== undefined) throw unpacked.damage;
    if (beginning.length === 0) {
      throw fileError(bytes.path, 'is empty: expected a saved maps or smaps file');
    }
    if (startsRecording(beginning)) {
      const advice = 'choose a moment with --at last (in diff: -- -@last)';
      throw fileError(bytes.path, `is a recording read from a pipe: ${advice}`);
    }
    const text = beginning.toString('latin1');
    const lines = hasWindowsLines(text) ? new CrlfSource(plain) : plain;
    const firstLine = text.split('\n').find((line) => line.trim() !== '') ?? '';
    const isStrict = isHeader(firstLine) || parseHeading(firstLine) !== undefined;
    const loose = isStrict ? undefined : new LooseSource(lines);
    return { source: loose ?? lines, loose, firstLine, damage: () => unpacked?.damage };
  } catch (error) {
    bytes.close();
    throw error;
  }
}

/** The error for a text without any map. */
export function noMapIn({ source, firstLine }: OpenText): ProblemError {
  const what = `is not a maps or smaps file: expected ${HEADER_SYNTAX}`;
  return fileError(source.path, `${what} in line 1, found '${printable(firstLine)}'`);
}

/** The decompressed text; undefined if it is not compressed. */
async function decompressed(source: PeekableSource): Promise<DecompressedSource | undefined> {
  const beginning = source.peek(PEEK_BYTES);
  const isGzip = beginning[0] === 0x1f && beginning[1] === 0x8b;
  const isZstd = startsZstd(beginning);
  if (!isGzip && !isZstd) return undefined;
  const zlib = await import('node:zlib');
  if (isZstd && !('createZstdDecompress' in zlib))
    throw fileError(source.path, NO_ZSTD, 'read-error');
  const { DecompressedSource } = await import('../source/decompressed-source.ts');
  return new DecompressedSource(source, isGzip ? 'gzip' : 'zstd');
}

/** UTF-16 as UTF-8, and without the mark of the byte order. */
function decoded(source: PeekableSource): PeekableSource {
  const beginning = source.beginning ?? source.peek(PEEK_BYTES);
  const mark = beginning.toString('latin1', 0, 3);
  if (mark === BYTE_ORDER_MARK) source.skip(3);
  if (!mark.startsWith('\xff\xfe') && !mark.startsWith('\xfe\xff')) return source;
  source.skip(2);
  return new PeekableSource(new Utf16Source(source, mark.startsWith('\xfe\xff')));
}

/**
 * Whether the lines of a text end as on Windows. The name of a mapping may itself end with a CR, so what
 * counts are lines that cannot: fields, and mappings without a name. If there are none, all must.
 */
function hasWindowsLines(text: string): boolean {
  const lines = text.split('\n').slice(0, -1);
  if (lines.some((line) => /^[A-Za-z_0-9]+:.*\r$|^[0-9a-f]+-[^/[]* 0 *\r+$/.test(line)))
    return true;
  return lines.length > 0 && lines.every((line) => line.endsWith('\r'));
}

function isHeader(line: string): boolean {
  return new HeaderLine().parse(Buffer.from(`${line.replace(/\r+$/, '')}\n`, 'latin1'), 0);
}

/** The file may be anything, so its bytes must not reach a terminal as they are. */
function printable(line: string): string {
  return line
    .slice(0, MAX_FOUND_CHARACTERS)
    .replace(/[^\x20-\x7e]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
