import { isSize } from '../../columns/column.ts';
import { visible } from '../../format/visible.ts';
import { type ByteString, toByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { Level, Limit, Verdict } from './limits.ts';
import { breachLine, figureText, processLabel } from './verdict-text.ts';

/** Exit statuses of monitoring plugins. Source: Monitoring Plugins Development Guidelines. */
export const NAGIOS = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 } as const;

/** The state in the line of a monitoring plugin. */
export type NagiosState = keyof typeof NAGIOS;

/** The result of a check, as far as a monitoring plugin reports it. */
export interface NagiosResult {
  readonly processes: readonly {
    readonly head: ProcessHead;
    readonly verdicts: readonly Verdict[];
  }[];
  /** One message for each process or figure that could not be checked. */
  readonly failures: readonly string[];
  /**
   * Whether the check was of a single process. If it was of several, labels contain the process id even
   * if only one can be read: the labels of a graph must not change.
   */
  readonly isSingleProcess: boolean;
  /** The largest number of mappings that the kernel allows a process, if known. */
  readonly maxMapCount: number | undefined;
}

/** The largest number of findings in a line; monitoring systems truncate long lines. */
const MAX_FINDINGS = 10;

/**
 * The state of all processes. An exceeded limit is critical, even if some process could not be checked;
 * a process that could not be checked outweighs a warning.
 */
export function nagiosState({ processes, failures }: NagiosResult): NagiosState {
  const has = (level: Level) =>
    processes.some(({ verdicts }) => verdicts.some((verdict) => verdict.level === level));
  if (has('exceeded')) return 'CRITICAL';
  if (failures.length > 0) return 'UNKNOWN';
  return has('warning') ? 'WARNING' : 'OK';
}

/** The line that a plugin prints, with its line end: state, findings, and figures for graphs. */
export function nagiosLine(result: NagiosResult): ByteString {
  const figures = result.processes.flatMap(({ head, verdicts }) =>
    verdicts.map((verdict) => perfdata(head, verdict, result)),
  );
  const suffix = figures.length > 0 ? ` | ${figures.join(' ')}` : '';
  return `TSMAP ${nagiosState(result)} - ${withoutBars(findings(result).join('; '))}${suffix}\n`;
}

/** The line of a plugin that could not check anything, with its line end. */
export function nagiosUnknown(message: string): ByteString {
  return `TSMAP UNKNOWN - ${withoutBars(visible(toByteString(message), true))}\n`;
}

/** Everything that is wrong, the worst first; if nothing is, the current figures. */
function findings(result: NagiosResult): ByteString[] {
  const failures = result.failures.map((text) => visible(toByteString(text), true));
  const wrong = [...breaches(result, 'exceeded'), ...failures, ...breaches(result, 'warning')];
  const more = wrong.length - MAX_FINDINGS;
  if (more > 0) return [...wrong.slice(0, MAX_FINDINGS), `and ${more} more`];
  return wrong.length > 0 ? wrong : [withinText(result)];
}

function breaches({ processes }: NagiosResult, level: Level): ByteString[] {
  return processes.flatMap(({ head, verdicts }) =>
    verdicts
      .filter((verdict) => verdict.level === level)
      .map((verdict) => breachLine(head, verdict)),
  );
}

function withinText({ processes }: NagiosResult): ByteString {
  const [only, ...others] = processes;
  if (only === undefined || others.length > 0) return `${processes.length} processes within limits`;
  return `${processLabel(only.head)}: ${only.verdicts.map(figureText).join(', ')}`;
}

/** Replaces vertical bars: the first one in a plugin's line separates the text from the figures. */
function withoutBars(text: ByteString): ByteString {
  return text.replaceAll('|', '?');
}

/** `'rss'=642146304B;warn;crit;min;max`; with several processes the label ends with the process id. */
function perfdata(
  { pid }: ProcessHead,
  { limit, value }: Verdict,
  { isSingleProcess, maxMapCount }: NagiosResult,
): string {
  const { column, windowMs } = limit;
  const label = [
    column.id,
    ...(windowMs === undefined ? [] : [`growth_${windowMs / 1000}s`]),
    ...(isSingleProcess ? [] : [pid]),
  ].join('_');
  const unit = isSize(column) ? 'B' : '';
  const min = windowMs === undefined ? '0' : '';
  const max = column.id === 'mappings' && windowMs === undefined ? (maxMapCount ?? '') : '';
  const fields = [`'${label}'=${value}${unit}`, ...ranges(limit), min, max];
  return fields.join(';').replace(/;+$/, '');
}

/** Limits in the syntax of plugins: `10` means 0 to 10, `~:10` (for growth) anything up to 10. */
function ranges({ warn, max, windowMs }: Limit): string[] {
  const from = windowMs === undefined ? '' : '~:';
  return [warn, max].map((limit) => (limit === undefined ? '' : `${from}${limit}`));
}
