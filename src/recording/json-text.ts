import type { ByteString } from '../model/byte-string.ts';
import { fromByteString, toByteString } from '../model/byte-string.ts';
import type { BytesJson } from './format.ts';

/** Printable ASCII that JSON writes as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;
const ASCII = /^[ -~]*$/;
const NOT_ASCII = /[^ -~]/g;

/** JSON in printable ASCII, so that no control character reaches a terminal. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(NOT_ASCII, escaped);
}

/** Encodes bytes; see BytesJson. */
export function toBytesJson(bytes: ByteString): BytesJson {
  if (ASCII.test(bytes)) return bytes;
  const text = fromByteString(bytes);
  if (toByteString(text) === bytes) return text;
  return { base64: Buffer.from(bytes, 'latin1').toString('base64') };
}

/** The JSON of toBytesJson; fast for plain ASCII, which most names are. */
export function jsonBytes(bytes: ByteString): string {
  return PLAIN.test(bytes) ? `"${bytes}"` : asciiJson(toBytesJson(bytes));
}

/** The JSON of a whole number with all its digits; JSON.stringify rounds those beyond 2^53. */
export function jsonNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString();
}

/** `major:minor` as the kernel writes a device. */
export function deviceText(major: number, minor: number): string {
  return `${hexByte(major)}:${hexByte(minor)}`;
}

function hexByte(number: number): string {
  return number < 16 ? `0${number.toString(16)}` : number.toString(16);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
