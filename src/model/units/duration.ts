const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Ten years; a longer duration is taken for a mistake. */
const LONGEST_MS = 3650 * 86_400_000;
const PART = /(\d{1,9}(?:\.\d{1,9})?)(ms|[smhd])/gy;

/**
 * Reads a duration as users write it: `500ms`, `5s`, `1.5m`, `1h30m`, `2d`; a bare number counts
 * seconds, as for sleep(1). Returns whole milliseconds, undefined if the text is not a duration.
 */
export function parseDuration(text: string): number | undefined {
  const parts = /^\d+(\.\d+)?$/.test(text) ? `${text}s` : text;
  let sumMs = 0;
  let at = 0;
  for (const [part, number, unit = ''] of parts.matchAll(PART)) {
    sumMs += Number(number) * (UNITS_MS[unit] ?? Number.NaN);
    at += part.length;
  }
  const isWhole = at > 0 && at === parts.length;
  return isWhole && sumMs <= LONGEST_MS ? Math.round(sumMs) : undefined;
}

/** A duration for people, in at most two units: `350ms`, `5s`, `1m 30s`, `2h 5m`, `3d`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)}ms`;
  // Round first: 59.7 s is `1m`, not `60s`.
  const seconds = Math.round(durationMs / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([number]) => number > 0);
  const shown = parts.slice(first, first + 2).filter(([number]) => number > 0);
  return shown.map(([number, unit]) => `${number}${unit}`).join(' ');
}
