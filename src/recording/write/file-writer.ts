import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { fileError } from '../../model/errors/file-error.ts';
import type { LineCompressor } from '../compression/compress-line.ts';
import { encodeHeader } from '../header.ts';
import type { RecordingHeader } from '../recording-header.ts';
import { Replacement } from './replacement.ts';
import { rotate } from './rotation.ts';
import { RecordingWriteError, writeError } from './write-error.ts';

/** How a file is opened for recording. */
export interface RecordingFileOptions {
  readonly path: string;
  readonly compress: LineCompressor;
  /**
   * `new`: the file must not exist; `replace`: it exists, and stays as it is until the first moment is
   * whole; `continue`: it exists, and lines are added to it.
   */
  readonly mode: 'new' | 'replace' | 'continue';
  /** Size of the whole lines that are kept; 0 for a new recording and for an empty file. */
  readonly wholeBytes: number;
  /** Size of a file that is continued; larger than `wholeBytes` if its last line is cut off. */
  readonly foundBytes: number;
  /** Size at which a file is moved away and a new one started, between two moments. */
  readonly maxBytes: number | undefined;
  /** The header for a file that starts now. */
  header(): RecordingHeader;
}

/**
 * A file that is being recorded to. Each line is written in one go and is whole or absent: if
 * writing fails, the beginning of the line is removed. Only the owner may read the file, because
 * names, paths and addresses of a process are private.
 */
export class RecordingFile {
  readonly #options: RecordingFileOptions;
  #fd: number;
  /** End of the last whole line, in bytes. */
  #size: number;
  /** End of the header, in bytes. */
  #headerEnd = 0;
  #writtenBytes = 0;
  #momentStart = 0;
  #largestMoment = 0;
  #hasHeader: boolean;
  /** The new file while and after it replaces the old one. */
  #replacement: Replacement | undefined;

  /** @throws ProblemError when it is not a regular file, NodeJS.ErrnoException of open(2). */
  constructor(options: RecordingFileOptions) {
    this.#options = options;
    this.#fd = open(options);
    this.#size = options.wholeBytes;
    this.#momentStart = options.wholeBytes;
    this.#hasHeader = options.wholeBytes > 0;
    if (options.mode === 'new') this.#beginOrRemove();
    else if (options.mode === 'continue') this.#removeCutLine();
  }

  /** Bytes written so far, to all files together. */
  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  /** Starts another moment, whose samples stay together in one file. */
  beginMoment(): void {
    this.#largestMoment = Math.max(this.#largestMoment, this.#size - this.#momentStart);
    this.#momentStart = this.#size;
    const { maxBytes, path } = this.#options;
    const isEmpty = this.#size <= this.#headerEnd;
    if (maxBytes === undefined || isEmpty || this.#size + this.#largestMoment <= maxBytes) return;
    this.#rotate(path);
    this.#begin();
    this.#momentStart = this.#size;
  }

  /** Writes a line. @throws RecordingWriteError; earlier lines are kept. */
  write(line: Uint8Array): void {
    if (!this.#hasHeader) {
      if (this.#options.mode === 'replace') this.#writeAside();
      this.#begin();
    }
    this.#append(this.#options.compress(line));
  }

  /** Ends a moment: the first one takes the place of a file that is replaced. @throws RecordingWriteError. */
  endMoment(): void {
    if (this.#replacement?.isPending !== true) return;
    const { path } = this.#options;
    if (this.#replacement.isOvertaken) {
      throw new RecordingWriteError(`${path}: another program replaced it: ${NOTHING}`);
    }
    try {
      this.#replacement.takePlace();
    } catch (error) {
      throw writeError(path, error, this.#whatRemains());
    }
  }

  /** Whether a file that is to be replaced still has its old content. */
  get isPending(): boolean {
    return this.#replacement?.isPending === true;
  }

  /** Closes the file; one whose first moment did not end does not replace another. */
  close(): void {
    closeSync(this.#fd);
    this.#replacement?.remove();
  }

  /** Closes the file, and removes it if it is new: nothing was recorded. */
  discard(): void {
    this.close();
    if (this.#options.mode === 'new') unlinkSync(this.#options.path);
  }

  /** Begins a new file beside the one that is to be replaced. */
  #writeAside(): void {
    const { path } = this.#options;
    const oldFd = this.#fd;
    try {
      this.#replacement = new Replacement(path, oldFd);
    } catch (error) {
      throw writeError(path, error, `no file can be created in its directory: ${NOTHING}`);
    }
    this.#fd = this.#replacement.fd;
    closeSync(oldFd);
  }

  /** Fails if another writer appended to the file, or if the file was removed. */
  #checkUnchanged(): void {
    const { size, nlink } = fstatSync(this.#fd);
    if (size === this.#size && nlink > 0) return;
    const why = nlink > 0 ? CHANGED : this.#whyGone();
    const remains = this.isPending ? NOTHING : 'the recording ends here';
    throw new RecordingWriteError(`${this.#options.path}: ${why}: ${remains}`);
  }

  #whyGone(): string {
    if (this.isPending) return 'the new file beside it was removed';
    return existsSync(this.#options.path) ? 'another program replaced it' : 'it was removed';
  }

  /** Moves the file away and opens a new one in its place. */
  #rotate(path: string): void {
    this.#checkUnchanged();
    if (!this.#isStillAt(path)) {
      throw new RecordingWriteError(`${path}: it was moved away: the recording ends here`);
    }
    try {
      rotate(path);
      closeSync(this.#fd);
      this.#fd = open({ ...this.#options, mode: 'new' });
    } catch (error) {
      throw writeError(path, error, this.#whatRemains());
    }
  }

  /** What remains after an error, for messages. */
  #whatRemains(): string {
    if (this.isPending) return NOTHING;
    if (this.#writtenBytes > this.#headerEnd || this.#options.wholeBytes > 0) {
      return 'the recording ends here; what was recorded before is in the file';
    }
    return 'nothing was recorded';
  }

  #isStillAt(path: string): boolean {
    const { ino, dev } = fstatSync(this.#fd);
    const there = statSync(path, { throwIfNoEntry: false });
    return there?.ino === ino && there.dev === dev;
  }

  /** Removes a last line that is cut off; fails if another program may still be writing it. */
  #removeCutLine(): void {
    const { path, wholeBytes, foundBytes } = this.#options;
    if (fstatSync(this.#fd).size !== foundBytes) {
      this.close();
      throw new RecordingWriteError(`${path}: ${CHANGED}: nothing was added to it`);
    }
    if (wholeBytes < foundBytes) ftruncateSync(this.#fd, wholeBytes);
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
    this.#hasHeader = true;
    ftruncateSync(this.#fd, 0);
    this.#size = 0;
    this.#append(this.#options.compress(encodeHeader(this.#options.header())));
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
      throw writeError(this.#options.path, error, this.#whatRemains());
    }
    this.#size += bytes.length;
    this.#writtenBytes += bytes.length;
  }
}

const NOTHING = 'nothing was recorded, and the old file is as it was';
const CHANGED = 'another program is writing to it, perhaps another recorder';

function open({ path, mode }: RecordingFileOptions): number {
  const { O_RDWR, O_CREAT, O_EXCL } = constants;
  const fd = openSync(path, mode === 'new' ? O_RDWR | O_CREAT | O_EXCL : O_RDWR, 0o600);
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw fileError(path, 'is not a regular file, which a recording needs', 'read-error');
}
