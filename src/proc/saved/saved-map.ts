import { openSync } from 'node:fs';
import { basename } from 'node:path';
import { toByteString } from '../../model/byte-string.ts';
import { fileErrorFrom } from '../../model/errors/errno.ts';
import { fileError, inputName } from '../../model/errors/file-error.ts';
import type { FieldSlots } from '../../model/fields.ts';
import type { ProcessHead } from '../../model/process.ts';
import { startsRecording } from '../../model/recording-start.ts';
import { STDIN_FD } from '../../model/standard-streams.ts';
import { HEADER_SYNTAX } from '../maps/header-line.ts';
import type { MappingReader, WantedFields } from '../maps/mapping-reader.ts';
import { MapsReader } from '../maps/maps-reader.ts';
import { SmapsReader } from '../maps/smaps-reader.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { CrlfSource } from '../source/crlf-source.ts';
import { fdSource } from '../source/fd-source.ts';
import { PeekableSource } from '../source/peekable-source.ts';
import { detectSavedFormat, type SavedFormat } from './saved-format.ts';

/** A saved maps or smaps file, opened for reading. */
export interface SavedMap {
  /** Its `next` throws the NodeJS.ErrnoException of read(2); see fileErrorFrom. */
  readonly reader: MappingReader;
  readonly kind: 'maps' | 'smaps';
}

/** Room for several lines: a path has at most 4,096 bytes, each escaped to at most four. */
const PEEK_BYTES = 64 * 1024;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * Opens a file that was saved from /proc/PID/maps or smaps, `-` for standard input, and detects by
 * its content which of the two it is. Windows line ends and a byte order mark are accepted. The
 * file is read as a stream: memory does not grow with its size.
 *
 * @throws ProblemError when it cannot be read, is empty, or is neither.
 */
export function openSaved(path: string, wanted: WantedFields, slots?: FieldSlots): SavedMap {
  try {
    const fd = path === '-' ? STDIN_FD : openSync(path, 'r');
    return openSavedSource(fdSource(fd, inputName(path)), wanted, slots);
  } catch (error) {
    throw fileErrorFrom(error, path);
  }
}

/** Stands for the unknown process of a saved file; its name is the name of the file. */
export function placeholderHead(path: string): ProcessHead {
  const comm = toByteString(path === '-' ? inputName(path) : basename(path));
  return {
    pid: 0,
    askedPid: 0,
    comm,
    state: '?',
    cmdline: '',
    startStack: 0,
    startTimeTicks: 0,
  };
}

/** Opens a saved text from any source; closes the source if it is refused. @throws as openSaved. */
export function openSavedSource(
  bytes: ByteSource,
  wanted: WantedFields,
  slots?: FieldSlots,
): SavedMap {
  const source = new PeekableSource(bytes);
  try {
    const { kind, isCrlf } = detectFormat(source);
    const lines = isCrlf ? new CrlfSource(source) : source;
    const reader =
      kind === 'maps'
        ? new MapsReader(lines, { slots })
        : new SmapsReader(lines, wanted, { slots });
    return { reader, kind };
  } catch (error) {
    source.close();
    throw error;
  }
}

function detectFormat(source: PeekableSource): SavedFormat {
  const beginning = source.peek(PEEK_BYTES);
  const marked = beginning.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  if (marked) source.skip(BYTE_ORDER_MARK.length);
  const form = detectSavedFormat(beginning.subarray(marked ? BYTE_ORDER_MARK.length : 0));
  if (beginning.length === 0)
    throw fileError(source.path, 'is empty: expected a saved maps or smaps file');
  if ('kind' in form) return form;
  if (startsRecording(beginning)) {
    throw fileError(
      source.path,
      'is a recording read from a pipe: choose a moment with --at last (in diff: -- -@last)',
    );
  }
  const what = `is not a maps or smaps file: expected ${HEADER_SYNTAX}`;
  throw fileError(source.path, `${what} in line 1, found ${form.found}`);
}
