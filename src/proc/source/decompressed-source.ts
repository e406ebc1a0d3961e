import { Gunzip, ZstdDecompress } from 'minizlib';
import { fileError } from '../../model/errors/file-error.ts';
import type { ProblemError } from '../../model/errors/problem.ts';
import type { ByteSource } from './byte-source.ts';

/** The compression of a saved text. */
export type TextCompression = 'gzip' | 'zstd';

/**
 * Small, because zlib loses the text before damage in the same input; and so that input that expands a
 * thousand times makes at most a megabyte or so at once.
 */
const INPUT_BYTES = 1024;

/**
 * Decompresses a source as a stream, so memory does not grow with what is in it.
 *
 * Reading is synchronous, which Node's own streams are not; minizlib, which npm uses as well, drives the
 * same zlib synchronously.
 */
export class DecompressedSource implements ByteSource {
  readonly #source: ByteSource;
  readonly #stream: Gunzip | ZstdDecompress;
  readonly #input = Buffer.allocUnsafe(INPUT_BYTES);
  #ready: Buffer[] = [];
  #isOver = false;
  #error: (Error & { readonly code?: unknown }) | undefined;
  #givenBytes = 0;

  constructor(source: ByteSource, compression: TextCompression) {
    this.#source = source;
    this.#stream = compression === 'gzip' ? new Gunzip({}) : new ZstdDecompress({});
    this.#stream.on('data', (bytes: Buffer) => this.#ready.push(bytes));
    this.#stream.on('error', (error: unknown) => {
      this.#error = error instanceof Error ? error : new Error(String(error));
    });
  }

  get path(): string {
    return this.#source.path;
  }

  /** What is wrong with the data; known once everything before the damage was read. */
  get damage(): ProblemError | undefined {
    if (this.#error === undefined || this.#ready.length > 0) return undefined;
    const isCut = this.#error.code === 'Z_BUF_ERROR';
    const what = isCut ? 'is cut off: its compressed data ends' : 'is damaged: decompressing fails';
    const message = `${what} after ${this.#givenBytes} bytes of text`;
    return fileError(this.path, message, isCut ? 'cut' : 'malformed');
  }

  /** Damaged data ends the text: see `damage`. */
  read(into: Uint8Array, offset: number, length: number): number {
    while (this.#ready.length === 0 && !this.#isOver) this.#fill();
    const [first] = this.#ready;
    if (first === undefined) return 0;
    const piece = first.subarray(0, length);
    into.set(piece, offset);
    if (piece.length < first.length) this.#ready[0] = first.subarray(piece.length);
    else this.#ready.shift();
    this.#givenBytes += piece.length;
    return piece.length;
  }

  close(): void {
    this.#source.close();
  }

  #fill(): void {
    const count = this.#source.read(this.#input, 0, INPUT_BYTES);
    if (count > 0) this.#stream.write(Buffer.from(this.#input.subarray(0, count)));
    else this.#stream.end();
    this.#isOver = count === 0 || this.#error !== undefined;
  }
}
