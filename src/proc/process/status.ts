import type { ByteString } from '../../model/byte-string.ts';

/** A size in KiB of a line such as `VmRSS:\t    1234 kB`; undefined if there is no such line. */
export function statusKib(text: ByteString, key: string): number | undefined {
  const digits = /^(\d+) kB$/.exec(statusValue(text, key) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The value in the line `Key:\tvalue` of /proc/PID/status; undefined if there is no such line. */
export function statusValue(text: ByteString, key: string): string | undefined {
  const at = text.startsWith(`${key}:`) ? 0 : text.indexOf(`\n${key}:`) + 1;
  if (at === 0 && !text.startsWith(`${key}:`)) return undefined;
  const end = text.indexOf('\n', at);
  return text.slice(at + key.length + 1, end < 0 ? undefined : end).trim();
}
