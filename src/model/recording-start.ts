const START = /^\s*\{\s*"schema"\s*:\s*"tsmap\.recording\//;
const START_BYTES = 200;

/** Whether uncompressed bytes begin as a recording of any version does. */
export function startsRecording(bytes: Buffer): boolean {
  return START.test(bytes.toString('latin1', 0, START_BYTES));
}
