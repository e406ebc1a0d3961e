import { isSize } from '../../columns/column.ts';
import { visible } from '../../format/visible.ts';
import { type ByteString, toByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { Level, Limit, Verdict } from './limits.ts';
import { breachLine, figureText, whoIs } from './verdict-text.ts';

/** The statuses of monitoring plugins. Source: Monitoring Plugins Development Guidelines. */
export const NAGIOS = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 } as const;

/** The word that such a plugin's line begins with. */
export type NagiosState = keyof typeof NAGIOS;

/** What the line is made of. */
export interface NagiosResult {
  readonly processes: readonly {
    readonly head: ProcessHead;
    readonly verdicts: readonly Verdict[];
  }[];
  /** What could not be checked, and why; a text each. */
  readonly failures: readonly string[];
  /** Whether one process is meant: graphs keep their labels when of several some cannot be read. */
  readonly isOfOne: boolean;
  /** How many mappings the kernel allows a process, where that is known. */
  readonly maxMapCount: number | undefined;
}

/** How many things are told one by one: whoever receives the line may cut it. */
const TOLD = 10;

/**
 * The state of all: what is known to be too much is critical, whatever else could not be checked;
 * a warning is not told of processes while others could not be checked.
 */
export function nagiosState({ processes, failures }: NagiosResult): NagiosState {
  const has = (level: Level) =>
    processes.some(({ verdicts }) => verdicts.some((verdict) => verdict.level === level));
  if (has('exceeded')) return 'CRITICAL';
  if (failures.length > 0) return 'UNKNOWN';
  return has('warning') ? 'WARNING' : 'OK';
}

/** The plugin's one line, its end included: state, what is wrong, and the figures for graphs. */
export function nagiosLine(result: NagiosResult): ByteString {
  const figures = result.processes.flatMap(({ head, verdicts }) =>
    verdicts.map((verdict) => perfdata(head, verdict, result)),
  );
  const behind = figures.length > 0 ? ` | ${figures.join(' ')}` : '';
  return `TSMAP ${nagiosState(result)} - ${harmless(told(result).join('; '))}${behind}\n`;
}

/** The line of a plugin that could not do its work, its end included. */
export function nagiosUnknown(message: string): ByteString {
  return `TSMAP UNKNOWN - ${harmless(visible(toByteString(message), true))}\n`;
}

/** What is wrong, the worst first; else how things are. */
function told(result: NagiosResult): ByteString[] {
  const failures = result.failures.map((text) => visible(toByteString(text), true));
  const wrong = [...breaches(result, 'exceeded'), ...failures, ...breaches(result, 'warning')];
  const more = wrong.length - TOLD;
  if (more > 0) return [...wrong.slice(0, TOLD), `and ${more} more`];
  return wrong.length > 0 ? wrong : [within(result)];
}

function breaches({ processes }: NagiosResult, level: Level): ByteString[] {
  return processes.flatMap(({ head, verdicts }) =>
    verdicts
      .filter((verdict) => verdict.level === level)
      .map((verdict) => breachLine(head, verdict)),
  );
}

function within({ processes }: NagiosResult): ByteString {
  const [only, ...others] = processes;
  if (only === undefined || others.length > 0) return `${processes.length} processes within limits`;
  return `${whoIs(only.head)}: ${only.verdicts.map(figureText).join(', ')}`;
}

/** A bar would begin the figures. */
function harmless(text: ByteString): ByteString {
  return text.replaceAll('|', '?');
}

/** `'rss'=642146304B;warn;crit;min;max`; of several processes the label has the process's id. */
function perfdata(
  { pid }: ProcessHead,
  { limit, value }: Verdict,
  { isOfOne, maxMapCount }: NagiosResult,
): string {
  const { column, windowMs } = limit;
  const label = [
    column.id,
    ...(windowMs === undefined ? [] : [`growth_${windowMs / 1000}s`]),
    ...(isOfOne ? [] : [pid]),
  ].join('_');
  const unit = isSize(column) ? 'B' : '';
  const min = windowMs === undefined ? '0' : '';
  const max = column.id === 'mappings' && windowMs === undefined ? (maxMapCount ?? '') : '';
  const fields = [`'${label}'=${value}${unit}`, ...ranges(limit), min, max];
  return fields.join(';').replace(/;+$/, '');
}

/** `10` means from 0 to 10 there, and a process may shrink as it likes. */
function ranges({ warn, max, windowMs }: Limit): string[] {
  const from = windowMs === undefined ? '' : '~:';
  return [warn, max].map((limit) => (limit === undefined ? '' : `${from}${limit}`));
}
