import { isSize, type NumberColumn } from '../../columns/column.ts';
import { visible } from '../../format/visible.ts';
import { type ByteString, toByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';
import { formatDuration } from '../../model/units/duration.ts';
import { formatSize, parseSize } from '../../model/units/size.ts';
import type { Limit, Verdict } from './limits.ts';

const KIB = 1024;

/** A process in messages, without control characters: `1234 (java)`. */
export function processLabel({ pid, comm }: ProcessHead): ByteString {
  return `${pid} (${visible(comm, true)})`;
}

/** A figure or its growth: `rss 612.4 MiB`, `rss grew by 1.2 MiB in 1m`. */
export function figureText({ limit: { column }, value, measuredMs }: Verdict): string {
  return sentence(column, shortAmount(column, Math.abs(value)), value, measuredMs);
}

/** A breach, a figure over its limit: `rss 612.4 MiB is over 500 MiB`. */
export function breachText({ limit, value, measuredMs, level }: Verdict): string {
  const { column } = limit;
  const [shown, allowed] = amounts(column, value, exceededLimit(limit, level));
  const over = measuredMs === undefined ? ' is over' : ', over';
  return `${sentence(column, shown, value, measuredMs)}${over} ${allowed}`;
}

/** The line about a breach, without its line end: `1234 (java): rss 612.4 MiB is over 500 MiB`. */
export function breachLine(head: ProcessHead, verdict: Verdict): ByteString {
  return `${processLabel(head)}: ${toByteString(breachText(verdict))}`;
}

/** The limit that a breach at this level exceeds. */
function exceededLimit({ warn = 0, max = 0 }: Limit, level: Verdict['level']): number {
  return level === 'exceeded' ? max : warn;
}

function sentence(
  { id }: NumberColumn,
  shown: string,
  value: number,
  measuredMs: number | undefined,
): string {
  if (measuredMs === undefined) return `${id} ${shown}`;
  return `${id} ${value < 0 ? 'shrank' : 'grew'} by ${shown} in ${formatDuration(measuredMs)}`;
}

/** Two amounts as text, unrounded if both would look the same (`500 MiB is over 500 MiB`). */
function amounts(column: NumberColumn, a: number, b: number): readonly [string, string] {
  if (!isSize(column) || formatSize(a) !== formatSize(b)) {
    return [shortAmount(column, a), shortAmount(column, b)];
  }
  const isWhole = a % KIB === 0 && b % KIB === 0;
  return isWhole ? [`${a / KIB} KiB`, `${b / KIB} KiB`] : [`${a} B`, `${b} B`];
}

/** An amount as text: `500 MiB` if that is the exact value, `500.0 MiB` if it is rounded. */
function shortAmount(column: NumberColumn, value: number): string {
  if (!isSize(column)) return String(value);
  const text = formatSize(value);
  const short = text.replace('.0 ', ' ');
  return parseSize(short, { bareUnit: 'B' }) === value ? short : text;
}
