import { formatSize } from '../../model/units/size.ts';
import { FormatError, parseJson } from '../json-shape.ts';
import { checkLimit, type Limit } from './limits.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const ROWS = Buffer.from('"rows"');
const NOT_JSON = 'not JSON';

/** The line of a sample in two parts. */
export interface LineParts {
  /** The parsed line, in which the list of rows is empty. */
  readonly head: unknown;
  /** The text of the list of rows, not parsed yet; undefined if there is none. */
  readonly rows: Buffer | undefined;
}

/**
 * Parses a line without its rows, which are nearly all of it.
 *
 * @throws FormatError; TooLargeError when there is more without the rows than the limit.
 */
export function partsOf(line: Buffer, headLimit: Limit): LineParts {
  const [start, end] = rowsRange(line);
  checkLimit('has, besides its rows,', line.length - (end - start), headLimit);
  if (start === end) return { head: parseJson(line), rows: undefined };
  const empty = line[start] === OPEN_LIST ? '[]' : '0';
  const head = parseJson(
    Buffer.concat([line.subarray(0, start), Buffer.from(empty), line.subarray(end)]),
  );
  return { head, rows: line.subarray(start, end) };
}

/** Where the value of `rows` begins and ends; an empty range if there is none. */
function rowsRange(line: Buffer): readonly [start: number, end: number] {
  let range: readonly [number, number] = [0, 0];
  let at = afterBlanks(line, 0);
  if (line[at] !== OPEN_OBJECT) return range;
  for (at = afterBlanks(line, at + 1); line[at] === QUOTE; at = afterBlanks(line, at + 1)) {
    const key = at;
    const keyEnd = valueEnd(line, key);
    const colon = afterBlanks(line, keyEnd);
    if (line[colon] !== COLON) throw new FormatError(NOT_JSON);
    const start = afterBlanks(line, colon + 1);
    const end = valueEnd(line, start);
    if (line.subarray(key, keyEnd).equals(ROWS)) {
      if (range[1] > 0) throw new FormatError('rows comes twice');
      range = [start, end];
    }
    at = afterBlanks(line, end);
    if (line[at] !== COMMA) break;
  }
  return range;
}

/**
 * Yields the values of a JSON list, some at a time, so that only these are in memory.
 *
 * @throws FormatError; also when a value is longer than `maxValueBytes`.
 */
export function* valuesOf(list: Buffer, batchBytes: number, maxValueBytes: number) {
  if (list[0] !== OPEN_LIST) throw new FormatError('rows is not a list');
  let count = 0;
  let start = afterBlanks(list, 1);
  for (let at = start; list[start] !== CLOSE_LIST; ) {
    const end = valueEnd(list, at);
    if (end - at > maxValueBytes) {
      throw new FormatError(`row ${count + 1} is longer than ${formatSize(maxValueBytes)}`);
    }
    count++;
    const next = afterBlanks(list, end);
    const isLast = list[next] === CLOSE_LIST;
    if (!isLast && list[next] !== COMMA) throw new FormatError(NOT_JSON);
    at = afterBlanks(list, next + 1);
    if (!isLast && list[at] === CLOSE_LIST) throw new FormatError(NOT_JSON);
    if (!isLast && end - start < batchBytes) continue;
    const text = Buffer.concat([LIST_START, list.subarray(start, end), LIST_END]);
    yield parseJson(text) as readonly unknown[];
    start = isLast ? next : at;
  }
}

const LIST_START = Buffer.from('[');
const LIST_END = Buffer.from(']');

function afterBlanks(text: Buffer, start: number): number {
  let at = start;
  while (text[at] === 0x20 || text[at] === 0x09 || text[at] === 0x0d) at++;
  return at;
}

/**
 * Where the value that begins at `start` ends. Looks only at quotes and brackets: JSON.parse has to
 * see all of it later. @throws FormatError when the text ends before it.
 */
function valueEnd(text: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const byte = text[at] as number;
    if (byte === QUOTE) {
      at = quoteEnd(text, at + 1);
      if (depth === 0) return at + 1;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      if (depth <= 1) return depth === 0 ? at : at + 1;
      depth--;
    } else if (byte === COMMA && depth === 0) return at;
  }
  throw new FormatError(NOT_JSON);
}

/** The position of the quote that ends a string. */
function quoteEnd(text: Buffer, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== QUOTE) at += text[at] === BACKSLASH ? 2 : 1;
  return at;
}
