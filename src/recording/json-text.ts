import type { ByteString } from '../model/byte-string.ts';
import { fromByteString, toByteString } from '../model/byte-string.ts';

const PLAIN = /^[ !#-[\]-~]*$/;
const NOT_ASCII = /[^ -~]/g;

/** JSON for a text, in ASCII alone: nothing in it can reach into a terminal. */
export function jsonText(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text).replace(NOT_ASCII, escaped);
}

/** JSON for bytes: a text where they are UTF-8, else base64; see BytesJson. */
export function jsonBytes(bytes: ByteString): string {
  if (PLAIN.test(bytes)) return `"${bytes}"`;
  const text = fromByteString(bytes);
  if (toByteString(text) === bytes) return jsonText(text);
  return `{"base64":"${Buffer.from(bytes, 'latin1').toString('base64')}"}`;
}

/** JSON for a whole number, all digits exact; JSON.stringify rounds those beyond 2^53. */
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
