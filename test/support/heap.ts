import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The bytes of the heap that are in use after a collection of all garbage. */
export function heapUsed(): number {
  // The flag can be set while the program runs; what it makes appears in contexts made afterwards.
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
