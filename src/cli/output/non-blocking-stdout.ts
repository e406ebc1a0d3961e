import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf } from '../../model/errors/errno.ts';
import { STDOUT_FD } from '../../model/standard-streams.ts';
import { sinkTo } from './sink.ts';

const RETRY_MS = 10;
/** Time that a slow reader gets, after a signal, to take the rest of the output. */
const GRACE_MS = 300;

/**
 * Stdout for a program that listens for signals. A blocking write to a slow pipe would keep signals from
 * being handled; here `write` never blocks on a pipe, and `settled` does the waiting.
 */
export class NonBlockingStdout {
  readonly #direct = sinkTo(STDOUT_FD);
  readonly #pipe = openPipe();
  #waiting: Uint8Array[] = [];

  /** Whether some bytes have not been written yet. */
  get hasRest(): boolean {
    return this.#waiting.length > 0;
  }

  /** Writes what can be written at once; `settled` writes the rest. @throws WriteError. */
  write(bytes: Uint8Array): void {
    if (this.#pipe === undefined) this.#direct(bytes);
    else this.#waiting.push(bytes);
    this.#flush();
  }

  /** Waits until all is written or `signal` is aborted; signals are handled meanwhile. @throws WriteError */
  async settled(signal: AbortSignal): Promise<void> {
    let leftMs = GRACE_MS;
    while (!this.#flush()) {
      if (signal.aborted && leftMs <= 0) return;
      if (signal.aborted) leftMs -= RETRY_MS;
      await sleep(RETRY_MS);
    }
  }

  /** Writes as much as the pipe takes; returns whether that was everything. */
  #flush(): boolean {
    for (let bytes = this.#waiting[0]; bytes !== undefined; bytes = this.#waiting[0]) {
      const written = this.#tryWrite(bytes);
      if (written < bytes.length) {
        this.#waiting[0] = bytes.subarray(written);
        return false;
      }
      this.#waiting.shift();
    }
    return true;
  }

  /** Returns how many bytes were written. */
  #tryWrite(bytes: Uint8Array): number {
    let at = 0;
    try {
      while (at < bytes.length) {
        at += writeSync(this.#pipe ?? STDOUT_FD, bytes, at, bytes.length - at);
      }
    } catch (error) {
      if (errnoOf(error) === 'EAGAIN') return at;
      // Any other error will occur there again, and is handled there.
      this.#direct(bytes.subarray(at));
    }
    return bytes.length;
  }
}

/**
 * Opens stdout a second time, non-blocking: setting O_NONBLOCK on stdout itself would affect every
 * process that shares it. Undefined if stdout is not a pipe or cannot be opened.
 */
function openPipe(): number | undefined {
  try {
    if (!fstatSync(STDOUT_FD).isFIFO()) return undefined;
    return openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}
