import { sinkTo } from './sink.ts';

const STDOUT = 1;

/** Writes a text to stdout as it is. @throws WriteError. */
export function print(text: string): void {
  sinkTo(STDOUT)(Buffer.from(text));
}
