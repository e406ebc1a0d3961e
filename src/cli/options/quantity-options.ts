import { UsageError } from '../../model/errors/usage-error.ts';
import { parseDuration } from '../../model/units/duration.ts';
import { bareSizeNotice, isBareSize, parseSize } from '../../model/units/size.ts';
import type { ValueOption } from './option.ts';
import { value } from './option-kinds.ts';

/** An option whose value is a duration longer than zero, in milliseconds. */
export function duration(long: string, help: string): ValueOption<number> {
  return value({ long, metavar: 'TIME' }, help, (text) => {
    const durationMs = parseDuration(text);
    if (durationMs !== undefined && durationMs > 0) return durationMs;
    const why = durationMs === 0 ? 'must be longer than 0' : 'is not a duration';
    throw new UsageError(`--${long}: '${text}' ${why} (5s, 500ms, 1m30s, 2h)`);
  });
}

/** An option whose value is a size in bytes, `least` or more; a number without a unit is bytes. */
export function size(long: string, help: string, least?: number): ValueOption<number> {
  const noticeFor = (text: string) =>
    isBareSize(text) ? `--${long}: ${bareSizeNotice(text, { bareUnit: 'B' })}` : undefined;
  return value({ long, metavar: 'SIZE', noticeFor }, help, (text) => {
    const bytes = parseSize(text, { bareUnit: 'B' });
    if (bytes !== undefined && bytes >= (least ?? 0)) return bytes;
    if (bytes !== undefined)
      throw new UsageError(`--${long}: '${text}' must be at least ${least}B`);
    throw new UsageError(
      `--${long}: '${text}' is not a size (500M is 500 MiB, 500MB is 500,000,000 bytes)`,
    );
  });
}
