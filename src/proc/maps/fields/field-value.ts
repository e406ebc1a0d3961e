import type { FieldKind } from '../../../model/fields.ts';
import { BLANK, isWhiteSpace, latin1, NEWLINE } from '../../source/bytes.ts';
import { hasHeaderWithin } from '../header-line.ts';
import type { FieldKey } from './field-key.ts';

const COUNT = /^[0-9]+$/;
const KIB = /^[0-9]+[ \t\r]*kB$/;
/** Two characters for each flag, `??` for one that the kernel has no name for. */
const FLAGS = /^([^ \t\r]{2}([ \t\r]+|$))*$/;

/** A field's text without the white space around it, such as the kernel's own in `VmFlags: rd wr `. */
export function textOf(bytes: Buffer, at: number, eol: number): string {
  let from = at;
  let to = eol;
  while (from < to && isWhiteSpace(bytes[from])) from++;
  while (to > from && isWhiteSpace(bytes[to - 1])) to--;
  return latin1(bytes, from, to);
}

/** The form of a text without white space around it. */
export function formOf(text: string): FieldKind {
  if (COUNT.test(text)) return 'count';
  return KIB.test(text) ? 'kib' : 'text';
}

/** Whether a value has the form that the values of its field have. */
export function isForm(
  text: string,
  form: FieldKind,
  { kind, isFlags, isName }: FieldKey,
): boolean {
  if (isFlags) return FLAGS.test(text);
  return form === kind && (isName || form !== 'text' || !hasHeaderWithin(text));
}

/** The syntax of a field's line, for messages. */
export function syntaxOf({ bytes, kind, isFlags }: FieldKey): string {
  const key = Buffer.from(bytes).toString('latin1');
  if (isFlags) return `'${key} flags of two letters each'`;
  return `'${key} ${kind === 'kib' ? 'number kB' : kind === 'count' ? 'number' : 'text'}'`;
}

/** The end of a line of flags that begins at `at`; -1 if it is not well formed. */
export function flagsEnd(bytes: Uint8Array, at: number): number {
  let i = at;
  while (bytes[i] === BLANK) i++;
  // The kernel prints a blank after each flag: this loop is all that its own text needs.
  while (
    bytes[i + 2] === BLANK &&
    (bytes[i] as number) > BLANK &&
    (bytes[i + 1] as number) > BLANK
  ) {
    i += 3;
  }
  return bytes[i] === NEWLINE ? i : otherFlagsEnd(bytes, i);
}

function otherFlagsEnd(bytes: Uint8Array, at: number): number {
  let i = at;
  for (;;) {
    while (isWhiteSpace(bytes[i])) i++;
    if (bytes[i] === NEWLINE) return i;
    if (isEnd(bytes[i + 1]) || !isEnd(bytes[i + 2])) return -1;
    i += 2;
  }
}

function isEnd(byte: number | undefined): boolean {
  return byte === NEWLINE || isWhiteSpace(byte);
}
