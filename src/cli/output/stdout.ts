import { fstatSync } from 'node:fs';
import { ByteWriter } from '../../format/byte-writer.ts';
import { PLAIN_STYLE, type Style } from '../../format/style.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { STDOUT_FD } from '../../model/standard-streams.ts';
import { type ColorWhen, wantsColor } from '../../terminal/color.ts';
import { sinkTo } from './sink.ts';

/** Writes a text to stdout as it is. @throws WriteError. */
export function print(text: string): void {
  sinkTo(STDOUT_FD)(Buffer.from(text));
}

/** Writes bytes to stdout as they are. @throws WriteError. */
export function printBytes(bytes: ByteString): void {
  sinkTo(STDOUT_FD)(Buffer.from(bytes, 'latin1'));
}

/** A buffered writer to stdout; call `flush` at the end. */
export function stdoutWriter(): ByteWriter {
  return new ByteWriter(sinkTo(STDOUT_FD));
}

/**
 * Whether stdout is a terminal. Node's tty module brings all of net along and takes 4 ms to load, so it
 * is loaded only if stdout can be a terminal at all.
 */
export async function isStdoutTerminal(): Promise<boolean> {
  if (!mayBeTerminal()) return false;
  const { isatty } = await import('node:tty');
  return isatty(STDOUT_FD);
}

/** Major number of /dev/null and similar devices; terminals have others. Source: null(4). */
const MEMORY_DEVICES = 1;

function mayBeTerminal(): boolean {
  try {
    const stdout = fstatSync(STDOUT_FD);
    return stdout.isCharacterDevice() && stdout.rdev >> 8 !== MEMORY_DEVICES;
  } catch {
    return false;
  }
}

/** The style of text on stdout; chalk is loaded only if there is colour. */
export async function stdoutStyle(when: ColorWhen | undefined): Promise<Style> {
  const onTerminal = await isStdoutTerminal();
  if (!wantsColor(when, process.env, onTerminal)) return { ...PLAIN_STYLE, onTerminal };
  const { chalkStyle } = await import('../../terminal/chalk-style.ts');
  return chalkStyle(onTerminal);
}
