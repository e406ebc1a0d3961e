/** A position in a recording, which selects one moment. */
export type PositionInRecording =
  | { readonly type: 'first' }
  | { readonly type: 'last' }
  /** The number of a moment: 1 is the first one; the count goes on in rotated files. */
  | { readonly type: 'index'; readonly n: number }
  /** The last moment at or before this time. */
  | { readonly type: 'time'; readonly epochMs: number };

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Parses `first`, `last`, the number of a moment, or a time in ISO 8601 such as `2026-11-22T10:00`,
 * `2026-11-22T10:00:05.250Z` or `2026-11-22T10:00+02:00`. Seconds are optional, and a time without
 * a zone is local. Undefined for any other text.
 */
export function parsePosition(text: string): PositionInRecording | undefined {
  if (text === 'first' || text === 'last') return { type: text };
  if (/^[1-9]\d{0,14}$/.test(text)) return { type: 'index', n: Number(text) };
  const epochMs = parseTime(text);
  return epochMs === undefined ? undefined : { type: 'time', epochMs };
}

function parseTime(text: string): number | undefined {
  const [, year, month, day, hour, minute, second = '00', fraction = '0', zone] =
    TIME.exec(text) ?? [];
  if (year === undefined) return undefined;
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // Date.parse takes February 30 for a day in March.
  const isoDay = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(isoDay.getTime()) || isoDay.getUTCDate() !== Number(day)) return undefined;
  const wholeMs = Date.parse(`${time}${zone?.replace(/(\d\d)(\d\d)$/, '$1:$2') ?? ''}`);
  const fractionMs = Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
  return Number.isNaN(wholeMs) ? undefined : wholeMs + fractionMs;
}
