import { UsageError } from '../../model/usage-error.ts';
import { isDescribed } from '../../sources/process-description.ts';
import { type FormatName, formatOf, type SourceOptions } from './shared-options.ts';

/** Checks that a command line says what to read, and in one way only. @throws UsageError. */
export function validateOperands(
  options: SourceOptions,
  operands: readonly string[],
  hasArgs: boolean,
): void {
  const describes = isDescribed(options);
  if (operands.length === 0 && options.from === undefined && !describes) {
    throw new UsageError('argument missing', hasArgs ? 'message' : 'usage');
  }
  if (options.from !== undefined && (operands.length > 0 || describes)) {
    throw new UsageError('--from reads a file: no process can be named with it');
  }
  if (options.at !== undefined && options.from === undefined) {
    throw new UsageError('--at names a moment of a recording: it needs --from');
  }
  if (options.full && options.name === undefined) {
    throw new UsageError('--full says how --name matches: it needs --name');
  }
}

/** The options that decide how a report is written. */
export interface FormatChoice {
  readonly json: boolean;
  readonly format: FormatName | undefined;
  readonly human: boolean;
  readonly bytes: boolean;
  readonly total: boolean;
}

/** Checks that the options do not contradict each other on how a report is written. @throws UsageError. */
export function validateFormat({ json, format, human, bytes, total }: FormatChoice): void {
  const isMachine = formatOf({ json, format }) !== 'text';
  if (json && format !== undefined && format !== 'json') {
    throw new UsageError(`--json contradicts --format ${format}`);
  }
  if (isMachine && total) {
    throw new UsageError('--total is for text: --json has totals, and summary has them as CSV');
  }
  if (human && bytes) throw new UsageError('--human contradicts --bytes');
  if (isMachine && human) {
    throw new UsageError('--human is for people: machine formats have sizes in bytes');
  }
}
