import { fileError } from '../../model/errors/file-error.ts';
import type { ProblemError } from '../../model/errors/problem.ts';
import type { ByteSource } from './byte-source.ts';
import { type DataFault, type Decoder, gzipDecoder, zstdDecoder } from './decoders.ts';

/** The compression of a saved text. */
export type TextCompression = 'gzip' | 'zstd';

/**
 * Small, because zlib loses the text before damage in the same input; and so that input that expands a
 * thousand times makes at most a megabyte or so at once.
 */
const INPUT_BYTES = 1024;

/** Decompresses a source as a stream, so memory does not grow with what is in it. */
export class DecompressedSource implements ByteSource {
  readonly #source: ByteSource;
  readonly #decoder: Decoder;
  readonly #buffer = Buffer.allocUnsafe(INPUT_BYTES);
  /** What was read and the decoder has not taken yet. */
  #input: Buffer = this.#buffer.subarray(0, 0);
  #ready: Buffer[] = [];
  #isOver = false;
  #fault: DataFault | undefined;
  #givenBytes = 0;

  constructor(source: ByteSource, compression: TextCompression) {
    this.#source = source;
    const output = {
      text: (bytes: Buffer) => this.#ready.push(bytes),
      fault: (fault: DataFault) => {
        this.#fault ??= fault;
      },
    };
    this.#decoder = compression === 'gzip' ? gzipDecoder(output) : zstdDecoder(output);
  }

  get path(): string {
    return this.#source.path;
  }

  /** What is wrong with the data; known once everything before the damage was read. */
  get damage(): ProblemError | undefined {
    if (this.#fault === undefined || this.#ready.length > 0) return undefined;
    const isCut = this.#fault === 'cut';
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
    if (this.#input.length === 0) this.#readInput();
    if (this.#input.length === 0) this.#decoder.end();
    else this.#input = this.#input.subarray(this.#decoder.write(this.#input));
    this.#isOver ||= this.#fault !== undefined;
  }

  #readInput(): void {
    const count = this.#source.read(this.#buffer, 0, INPUT_BYTES);
    this.#input = this.#buffer.subarray(0, count);
    this.#isOver = count === 0;
  }
}
