import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { errnoOf, systemMessage } from '../../model/errno.ts';
import { fileError } from '../../model/file-error.ts';
import type { Pack } from '../compression/pack.ts';
import { encodeHeader, type RecordingHeader } from '../header.ts';
import { rotate } from './rotation.ts';

/** A recording takes no more: a full disk, a limit. The message says so in full. */
export class RecordingWriteError extends Error {
  override readonly name = 'WriteError';
}

/** How a file is opened to be recorded to. */
export interface WriteRequest {
  readonly path: string;
  readonly pack: Pack;
  /** `new` must not be there yet, `replace` may; `continue` is there, whole as far as `size`. */
  readonly mode: 'new' | 'replace' | 'continue';
  /** Bytes of whole lines that are there and stay; 0 where it begins. */
  readonly size: number;
  /** Bytes that are there in all when it is continued: what was read of it; `size` without a cut. */
  readonly foundSize: number;
  /** Bytes from which on a file is moved away and a new one begun, between two moments. */
  readonly maxSize: number | undefined;
  /** The header of a file that begins now. */
  header(): RecordingHeader;
}

/**
 * A file that is recorded to. Each line is written in one go and is whole or absent: what an error
 * cuts is taken away again. Names, paths and addresses of a process are nobody else's business:
 * only the owner may read the file.
 */
export class RecordingFile {
  readonly #request: WriteRequest;
  #fd: number;
  /** Where the last whole line ends. */
  #size: number;
  /** Where the file's samples begin. */
  #headerEnd = 0;
  #total = 0;
  #momentStart = 0;
  #largestMoment = 0;
  #isBegun: boolean;

  /** @throws ProblemError when it cannot be opened, NodeJS.ErrnoException of open(2). */
  constructor(request: WriteRequest) {
    this.#request = request;
    this.#fd = open(request);
    this.#size = request.size;
    this.#momentStart = request.size;
    this.#isBegun = request.mode === 'continue';
    // A file that is replaced keeps what it has until there is something to put in its place.
    if (request.mode === 'new') this.#beginOrRemove();
    else if (this.#isBegun) this.#takeCutLine();
  }

  /** Bytes that were written, all files together. */
  get writtenBytes(): number {
    return this.#total;
  }

  /** The samples of another moment follow; they stay together in one file. */
  beginMoment(): void {
    this.#largestMoment = Math.max(this.#largestMoment, this.#size - this.#momentStart);
    this.#momentStart = this.#size;
    const { maxSize, path } = this.#request;
    const isEmpty = this.#size <= this.#headerEnd;
    if (maxSize === undefined || isEmpty || this.#size + this.#largestMoment <= maxSize) return;
    this.#next(path);
    this.#begin();
    this.#momentStart = this.#size;
  }

  /** Writes a line. @throws RecordingWriteError; what was written before is there. */
  write(line: Uint8Array): void {
    if (!this.#isBegun) this.#begin();
    this.#append(this.#request.pack(line));
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** Closes the file, and removes it where it was made for nothing. */
  discard(): void {
    this.close();
    if (this.#request.mode === 'new') unlinkSync(this.#request.path);
  }

  /** Two that write to a file would overwrite each other's lines, and to a removed one is for nobody. */
  #checkUnchanged(): void {
    const { size, nlink } = fstatSync(this.#fd);
    if (size === this.#size && nlink > 0) return;
    const why = nlink > 0 ? CHANGED : 'it was removed';
    throw new RecordingWriteError(`${this.#request.path}: ${why}: the recording ends here`);
  }

  /** Moves the file away and opens a new one in its place. */
  #next(path: string): void {
    this.#checkUnchanged();
    if (!this.#isStillCalled(path)) {
      throw new RecordingWriteError(`${path}: it was moved away: the recording ends here`);
    }
    try {
      rotate(path);
      closeSync(this.#fd);
      this.#fd = open({ ...this.#request, mode: 'new' });
    } catch (error) {
      throw writeError(path, error, this.#left());
    }
  }

  /** What an error leaves. */
  #left(): string {
    if (this.#total > this.#headerEnd || this.#request.mode === 'continue') {
      return 'the recording ends here; what was recorded before is in the file';
    }
    const { mode } = this.#request;
    return `nothing was recorded${mode === 'replace' ? ', and its old content is gone' : ''}`;
  }

  #isStillCalled(path: string): boolean {
    const { ino, dev } = fstatSync(this.#fd);
    const there = statSync(path, { throwIfNoEntry: false });
    return there?.ino === ino && there.dev === dev;
  }

  /** Not where another program writes on: what was read as cut may be half of its line. */
  #takeCutLine(): void {
    const { path, size, foundSize } = this.#request;
    if (fstatSync(this.#fd).size !== foundSize) {
      this.close();
      throw new RecordingWriteError(`${path}: ${CHANGED}: nothing was added to it`);
    }
    if (size < foundSize) ftruncateSync(this.#fd, size);
  }

  #beginOrRemove(): void {
    try {
      this.#begin();
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  #begin(): void {
    this.#isBegun = true;
    ftruncateSync(this.#fd, 0);
    this.#size = 0;
    this.#append(this.#request.pack(encodeHeader(this.#request.header())));
    this.#headerEnd = this.#size;
    this.#momentStart = this.#size;
  }

  #append(bytes: Uint8Array): void {
    this.#checkUnchanged();
    try {
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.#fd, bytes, at, bytes.length - at, this.#size + at);
      }
    } catch (error) {
      ftruncateSync(this.#fd, this.#size);
      throw writeError(this.#request.path, error, this.#left());
    }
    this.#size += bytes.length;
    this.#total += bytes.length;
  }
}

const CHANGED = 'another program is writing to it, perhaps another recorder';

function open({ path, mode }: WriteRequest): number {
  const { O_RDWR, O_CREAT, O_EXCL } = constants;
  const fd = openSync(path, mode === 'new' ? O_RDWR | O_CREAT | O_EXCL : O_RDWR, 0o600);
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw fileError(path, 'is not a regular file, which a recording needs', 'read-error');
}

function writeError(path: string, error: unknown, left: string): Error {
  if (!(error instanceof Error) || errnoOf(error) === undefined) {
    return new RecordingWriteError(String(error));
  }
  return new RecordingWriteError(`${path}: ${systemMessage(error)}: ${left}`);
}
