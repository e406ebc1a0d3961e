import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sinkTo } from './sink.ts';

const STDOUT = 1;
const LOOK_AGAIN_MS = 10;
/** Who ended the program may still read what is written last; who does not read is not waited for. */
const GRACE_MS = 300;

/**
 * Stdout for a program that listens to signals. Where it is a pipe whose reader takes its time, a
 * write does not wait, for while it waits no signal is heard; `settled` does.
 */
export class PatientSink {
  readonly #direct = sinkTo(STDOUT);
  readonly #pipe = openPipe();
  #waiting: Uint8Array[] = [];

  /** Whether something is not written yet. */
  get hasRest(): boolean {
    return this.#waiting.length > 0;
  }

  /** Writes, now or while `settled` waits. @throws WriteError. */
  write(bytes: Uint8Array): void {
    if (this.#pipe === undefined) this.#direct(bytes);
    else this.#waiting.push(bytes);
    this.#flush();
  }

  /** Waits until all is written or `signal` is aborted; signals are heard meanwhile. @throws WriteError. */
  async settled(signal: AbortSignal): Promise<void> {
    let leftMs = GRACE_MS;
    while (!this.#flush()) {
      if (signal.aborted && leftMs <= 0) return;
      if (signal.aborted) leftMs -= LOOK_AGAIN_MS;
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Writes what the pipe takes; whether that was all. */
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

  /** How many bytes were taken. */
  #tryWrite(bytes: Uint8Array): number {
    let at = 0;
    try {
      while (at < bytes.length) {
        at += writeSync(this.#pipe ?? STDOUT, bytes, at, bytes.length - at);
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return at;
      // Any other error comes again, and is dealt with there.
      this.#direct(bytes.subarray(at));
    }
    return bytes.length;
  }
}

/**
 * Stdout once more, so that only we do not wait at it: to set that on stdout itself would do so for
 * everyone who shares it. Undefined where it is no pipe, or cannot be opened.
 */
function openPipe(): number | undefined {
  try {
    if (!fstatSync(STDOUT).isFIFO()) return undefined;
    return openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}
