/** The unit of a number that is written without one. */
export interface SizeOptions {
  readonly bareUnit: 'B' | 'KiB';
}

const PREFIXES = 'KMGTPE';
const FORM = /^(\d{1,20})(?:\.(\d{1,30}))?(?: ?([KMGTPE])?(i?b)?)$/i;
/** The whole 64-bit address space; no size is larger. */
const LARGEST = 2n ** 64n;

/**
 * Reads a size as users write it and returns its bytes, undefined if the text is not a size.
 *
 * `500M`, `500m` and `500MiB` count in 1024s, `500MB` and `500kB` in 1000s, up to `E`; `500B` is
 * bytes. Fractions are rounded to whole bytes, halves up. The result is exact up to 2^53 and rounded to
 * the nearest number beyond; more than 2^64 bytes is not a size.
 */
export function parseSize(text: string, { bareUnit }: SizeOptions): number | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', prefix, suffix] = match;
  const unit = unitBytes(prefix, suffix, bareUnit);
  if (unit === undefined) return undefined;
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * unit;
  const bytes = (2n * scaled + scale) / (2n * scale);
  return bytes <= LARGEST ? Number(bytes) : undefined;
}

/** Whether a size is a number without a unit, whose meaning depends on where it is written; 0 is always 0. */
export function isBareSize(text: string): boolean {
  return /^[\d.]+$/.test(text) && /[1-9]/.test(text);
}

/** What to say about a size without a unit: what it means here, and how to write it so that it is plain. */
export function bareSizeNotice(text: string, { bareUnit }: SizeOptions): string {
  return bareUnit === 'KiB'
    ? `a number without a unit is KiB here: write ${text}K to say so (${text}B is bytes)`
    : `a number without a unit is bytes here: write ${text}B to say so (${text}K is KiB)`;
}

/** Bytes per unit; undefined for `iB` without a letter in front. A letter alone is a power of 1024. */
function unitBytes(
  prefix: string | undefined,
  suffix: string | undefined,
  bareUnit: SizeOptions['bareUnit'],
): bigint | undefined {
  const isDecimal = suffix?.length === 1;
  if (prefix === undefined) {
    if (suffix === undefined) return bareUnit === 'KiB' ? 1024n : 1n;
    return isDecimal ? 1n : undefined;
  }
  const power = BigInt(PREFIXES.indexOf(prefix.toUpperCase()) + 1);
  return (isDecimal ? 1000n : 1024n) ** power;
}

/**
 * A size in bytes for people, with one digit after the point: `612.4 MiB`, `4.0 KiB`, `512 B`, `0`.
 * Machine formats write whole numbers of bytes instead.
 */
export function formatSize(bytes: number): string {
  if (bytes === 0) return '0';
  if (bytes < 0) return `-${formatSize(-bytes)}`;
  if (bytes < 1024) return `${bytes} B`;
  let scaled = bytes / 1024;
  let power = 0;
  // A value that rounds to 1024 belongs to the next unit: `1.0 GiB`, not `1024 MiB`.
  while (Math.round(scaled) >= 1024 && power < PREFIXES.length - 1) {
    scaled /= 1024;
    power++;
  }
  const digits = Math.round(scaled * 10) >= 10_000 ? 0 : 1;
  return `${scaled.toFixed(digits)} ${PREFIXES[power]}iB`;
}
