import type { AddressRange } from '../../aggregate/range.ts';
import { UsageError } from '../../model/errors/usage-error.ts';

const LIMIT = 2n ** 64n;
const BOUND = /^[ \t\n\v\f\r]*([+-]?)(0[xX])?([0-9a-fA-F]+)$/;

/**
 * Parses the value of -A, hexadecimal `low,high`: `low,` has no upper bound, `,high` starts at 0, and
 * `low` alone is the mapping that contains it. Bounds are parsed as by strtoull(3): a negative number
 * wraps modulo 2^64, and a number of more than 64 bits becomes the highest address.
 *
 * @throws UsageError for anything else.
 */
export function parseRange(text: string): AddressRange {
  if (text === '') return { low: 0n, high: LIMIT - 1n };
  const comma = text.indexOf(',');
  if (comma < 0) {
    const address = parseBound(text, text);
    return { low: address, high: address };
  }
  const low = text.slice(0, comma);
  const high = text.slice(comma + 1);
  return {
    low: low === '' ? 0n : parseBound(low, text),
    high: high === '' ? LIMIT - 1n : parseBound(high, text),
  };
}

function parseBound(bound: string, text: string): bigint {
  const [, sign, , digits] = BOUND.exec(bound) ?? [];
  if (digits === undefined) {
    throw new UsageError(`failed to parse argument: '${text}'`, 'message');
  }
  const value = BigInt(`0x${digits}`);
  if (value >= LIMIT) return LIMIT - 1n;
  return sign === '-' ? (LIMIT - value) % LIMIT : value;
}
