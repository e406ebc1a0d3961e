import { type ByteString, toByteString } from '../model/byte-string.ts';

/**
 * Thrown when a line does not have the format of a recording; the caller knows which line it is.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

/** The largest size that smaps can hold: 2^64 KiB, in bytes. */
const MAX_NUMBER = 2 ** 74;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** @throws FormatError when the bytes are not JSON. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new FormatError('not JSON');
  }
}

/** Looks up a member of an object that should have this shape; undefined for one that it lacks. */
export type Members<Shape> = (key: keyof Shape & string) => unknown;

/** The own members of an object, none of them checked yet. */
export function asObject<Shape>(value: unknown, what: string): Members<Shape> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FormatError(`${what} is not an object`);
  }
  return (key) => (Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined);
}

export function asItems(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new FormatError(`${what} is not a list`);
}

export function asText(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new FormatError(`${what} is not a string`);
}

/** A whole number, 0 or more; one beyond 2^53 is rounded. */
export function asNumber(value: unknown, what: string): number {
  if (typeof value === 'number' && value >= 0 && value <= MAX_NUMBER && Number.isInteger(value)) {
    return value;
  }
  throw new FormatError(`${what} is not a whole number`);
}

/** A whole number that JavaScript represents exactly, as ids must be. */
export function asCount(value: unknown, what: string): number {
  if (Number.isSafeInteger(value)) return asNumber(value, what);
  throw new FormatError(`${what} is not a whole number`);
}

/** Milliseconds since 1970. Refuses days such as February 30, which Date.parse does not. */
export function asTime(value: unknown, what: string): number {
  const text = typeof value === 'string' && TIME.test(value) ? value : '';
  const timeMs = Date.parse(text);
  const isDay =
    !Number.isNaN(timeMs) && new Date(timeMs).toISOString().startsWith(text.slice(0, 19));
  if (isDay) return timeMs;
  throw new FormatError(`${what} is not a time such as 2026-11-22T10:00:00.000Z`);
}

/** A hexadecimal number of at most 64 bits. */
export function asHex(value: unknown, what: string): number {
  if (typeof value === 'string' && /^[0-9a-f]{1,16}$/.test(value))
    return Number.parseInt(value, 16);
  throw new FormatError(`${what} is not a hexadecimal number`);
}

export function oneOf<T extends string>(value: unknown, words: readonly T[], what: string): T {
  const word = words.find((each) => each === value);
  if (word !== undefined) return word;
  throw new FormatError(`${what} is not one of ${words.join(', ')}`);
}

/** Bytes; see BytesJson. */
export function asBytes(value: unknown, what: string): ByteString {
  if (typeof value === 'string') return /^[ -~]*$/.test(value) ? value : toByteString(value);
  const isObject = typeof value === 'object' && value !== null;
  const base64 = isObject ? asObject<{ base64: string }>(value, what)('base64') : undefined;
  if (typeof base64 === 'string') return Buffer.from(base64, 'base64').toString('latin1');
  throw new FormatError(`${what} is neither a string nor base64`);
}

/** Reads a value that may be missing: undefined for null and for a missing key. */
export function optional<T>(
  value: unknown,
  what: string,
  read: (value: unknown, what: string) => T,
): T | undefined {
  return value === null || value === undefined ? undefined : read(value, what);
}
