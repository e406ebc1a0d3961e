import { inBytes, isSize, type NumberColumn } from '../../columns/column.ts';
import type { Mapping } from '../../model/mapping.ts';
import { parseSize } from '../../model/units/size.ts';
import { ParseError } from '../parse-error.ts';
import type { Condition, Operator, Written } from './tokens.ts';

/** Which results of a comparison (negative, zero or positive) each operator accepts. */
const ACCEPTS: ReadonlyMap<Operator, (order: number) => boolean> = new Map([
  ['=', (order) => order === 0],
  ['!=', (order) => order !== 0],
  ['<', (order) => order < 0],
  ['<=', (order) => order <= 0],
  ['>', (order) => order > 0],
  ['>=', (order) => order >= 0],
]);

/** Compares a column's number with what the user wrote; false if the mapping has no number. */
export function numberTest(
  column: NumberColumn,
  { operator, operatorAt, value: written }: Condition,
): (mapping: Mapping) => boolean {
  const accepts = ACCEPTS.get(operator);
  if (accepts === undefined) {
    throw new ParseError(`'${column.id}' is a number: ${operator} compares text`, operatorAt);
  }
  const limit = parseLimit(column, written);
  return (mapping) => {
    const value = column.value(mapping);
    return value !== undefined && accepts(order(inBytes(column, value), limit));
  };
}

/** Compares a number with a number or a bigint, exactly: the user may write more than 53 bits. */
function order(a: number, b: number | bigint): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

function parseLimit(column: NumberColumn, { text, at }: Written): number | bigint {
  const limit = limitOf(column, text);
  if (limit !== undefined) return limit;
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  throw new ParseError(`'${shown}' is not ${EXPECTED[expectedBy(column)]}`, at);
}

const EXPECTED = {
  size: 'a size (KiB, or with a unit: 500M, 1.5GiB, 10MB)',
  address: 'a hexadecimal number',
  count: 'a whole number',
  ratio: 'a ratio (0.5, or 50%)',
} as const;

function expectedBy(column: NumberColumn): keyof typeof EXPECTED {
  if (isSize(column)) return 'size';
  return column.unit === 'address' || column.unit === 'ratio' ? column.unit : 'count';
}

function limitOf(column: NumberColumn, text: string): number | bigint | undefined {
  if (isSize(column)) return parseSize(text, { bareUnit: 'KiB' });
  if (column.unit === 'address') {
    const digits = /^(?:0x)?([0-9a-f]{1,16})$/i.exec(text)?.[1];
    return digits === undefined ? undefined : BigInt(`0x${digits}`);
  }
  if (column.unit === 'ratio') return parseRatio(text);
  return /^\d{1,20}$/.test(text) ? BigInt(text) : undefined;
}

function parseRatio(text: string): number | undefined {
  const [, digits, percent] = /^(\d{1,20}(?:\.\d{1,20})?)(%)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  // Shifts the decimal point in the text: 33.3 / 100 is not exactly 0.333.
  return Number(percent === undefined ? digits : `${digits}e-2`);
}
