import type { Mapping } from '../model/mapping.ts';

/** A range of addresses, both bounds included; bigint because bounds need not be page-aligned. */
export interface AddressRange {
  readonly low: bigint;
  readonly high: bigint;
}

/** Whether any byte of the mapping lies in the range. */
export function isInRange(mapping: Mapping, range: AddressRange): boolean {
  return BigInt(mapping.end) > range.low && BigInt(mapping.start) <= range.high;
}
