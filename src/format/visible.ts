import { type ByteString, bytesOf } from '../model/byte-string.ts';

const PLAIN = /^[\x20-\x7e]*$/;
const REPLACEMENT = '?'.charCodeAt(0);

/**
 * A name as text layouts show it: valid UTF-8 is kept; each control character, and each byte that is not
 * UTF-8, becomes `?`. On a terminal, characters that reorder text become `?` too.
 */
export function visible(name: ByteString, onTerminal = false): ByteString {
  if (PLAIN.test(name)) return name;
  const bytes = bytesOf(name);
  const shown = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const taken = sequenceLength(bytes, at);
    if (taken === 0 || isHidden(bytes.subarray(at, at + taken), onTerminal)) {
      shown[length++] = REPLACEMENT;
    } else {
      for (let i = at; i < at + taken; i++) shown[length++] = bytes[i] as number;
    }
    at += Math.max(taken, 1);
  }
  return shown.toString('latin1', 0, length);
}

/** Decoded text as a terminal may show it: misleading and control characters become `?`. */
export function visibleText(text: string): string {
  // In the function, because parsing \p{Cc} takes 0.2 ms, which most runs need not spend.
  const notShown = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu;
  return text.replace(notShown, '?');
}

/** Whether a character must not be shown: C0, DEL, C1, and on a terminal misleading characters. */
function isHidden(char: Uint8Array, onTerminal: boolean): boolean {
  const [first = 0, second = 0] = char;
  if (char.length === 1) return first < 0x20 || first === 0x7f;
  if (char.length === 2 && first === 0xc2 && second < 0xa0) return true;
  return onTerminal && isMisleading(Buffer.from(char).toString('utf8'));
}

/** Whether a character reorders text on a terminal, breaks lines or is invisible. */
function isMisleading(char: string): boolean {
  return /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/.test(char);
}

/**
 * The length in bytes of the UTF-8 character at `at`; 0 if there is none: a stray or missing
 * continuation byte, an overlong form, a surrogate, a code point above U+10FFFF (RFC 3629, section
 * 4).
 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  const second = bytes[at + 1] ?? 0;
  if (second < (LOWEST_SECOND[first] ?? 0x80) || second > (HIGHEST_SECOND[first] ?? 0xbf)) return 0;
  for (let i = at + 2; i < at + length; i++) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

const LOWEST_SECOND: Readonly<Record<number, number>> = { 224: 0xa0, 240: 0x90 };
const HIGHEST_SECOND: Readonly<Record<number, number>> = { 237: 0x9f, 244: 0x8f };
