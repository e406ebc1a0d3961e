import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf } from '../../model/errno.ts';
import { STDOUT_FD } from '../../model/standard-streams.ts';
import { sinkTo } from './sink.ts';

const RETRY_MS = 10;
/** After a signal, a reader gets this long to take the rest; one that does not read is not waited for. */
const GRACE_MS = 300;

/**
 * Stdout for a program that listens for signals. A blocking write to a slow pipe would keep signals from
 * being handled; here `write` never blocks on a pipe, and `settled` waits.
 */
export class NonBlockingStdout {
  readonly #direct = sinkTo(STDOUT_FD);
  readonly #pipe = openPipe();
  #waiting: Uint8Array[] = [];

  /** Whether some bytes are not written yet. */
  get hasRest(): boolean {
    return this.#waiting.length > 0;
  }

  /** Writes at once, or later while `settled` waits. @throws WriteError. */
  write(bytes: Uint8Array): void {
    if (this.#pipe === undefined) this.#direct(bytes);
    else this.#waiting.push(bytes);
    this.#flush();
  }

  /** Waits until all is written or `signal` is aborted; signals are handled meanwhile. @throws WriteError. */
  async settled(signal: AbortSignal): Promise<void> {
    let leftMs = GRACE_MS;
    while (!this.#flush()) {
      if (signal.aborted && leftMs <= 0) return;
      if (signal.aborted) leftMs -= RETRY_MS;
      await sleep(RETRY_MS);
    }
  }

  /** Writes as much as the pipe takes; returns whether that was all. */
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
      // Any other error occurs again there, and is handled.
      this.#direct(bytes.subarray(at));
    }
    return bytes.length;
  }
}

/**
 * Opens stdout a second time, non-blocking: setting O_NONBLOCK on stdout itself would affect every
 * process that shares it. Undefined where stdout is not a pipe or cannot be opened.
 */
function openPipe(): number | undefined {
  try {
    if (!fstatSync(STDOUT_FD).isFIFO()) return undefined;
    return openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}
