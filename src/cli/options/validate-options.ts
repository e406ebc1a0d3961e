import { UsageError } from '../../model/errors/usage-error.ts';
import { isDescribed } from '../../sources/process-description.ts';
import type { ColorWhen } from '../../terminal/color.ts';
import { type FormatName, formatOf, type SourceOptions } from './shared-options.ts';

/**
 * Checks that a command line says what to read: processes or a file, and not both. `hasArgs` is false
 * if there were no arguments at all: pmap then answers with its usage.
 *
 * @throws UsageError.
 */
export function validateOperands(
  options: SourceOptions & { readonly procRoot?: string | undefined },
  operands: readonly string[],
  hasArgs: boolean,
): void {
  const describes = isDescribed(options);
  if (operands.length === 0 && options.from === undefined && !describes) {
    throw new UsageError('argument missing', hasArgs ? 'message' : 'usage');
  }
  if (options.from !== undefined && (operands.length > 0 || describes)) {
    throw new UsageError('--from reads a file, so no process can be given with it');
  }
  if (options.from !== undefined && options.children) {
    throw new UsageError('--from reads a file, which does not say whose child a process is');
  }
  if (options.from !== undefined && options.procRoot !== undefined) {
    throw new UsageError('--from reads a file, so --proc-root has no effect');
  }
  if (options.all && (options.name !== undefined || options.user !== undefined)) {
    const narrower = options.name === undefined ? '--user' : '--name';
    throw new UsageError(`--all contradicts ${narrower}, which chooses some of all processes`);
  }
  if (options.at !== undefined && options.from === undefined) {
    throw new UsageError('--at chooses a moment of a recording: add --from FILE');
  }
  if (options.full && options.name === undefined) {
    throw new UsageError('--full changes how --name matches: add --name REGEX');
  }
}

/** The options that decide in which form a report is written. */
export interface FormatChoice {
  readonly json: boolean;
  readonly format: FormatName | undefined;
  readonly human: boolean;
  readonly bytes: boolean;
  readonly total: boolean;
  /** Set where it leaves out headings and totals of tables. */
  readonly quiet?: boolean;
  readonly color?: ColorWhen | undefined;
}

/** Checks that the options for the form of a report do not contradict each other. @throws UsageError. */
export function validateFormat(choice: FormatChoice): void {
  const { json, format, human, bytes, total } = choice;
  const isMachine = formatOf({ json, format }) !== 'text';
  if (json && format !== undefined && format !== 'json') {
    throw new UsageError(`--json contradicts --format ${format}`);
  }
  if (isMachine && total) {
    throw new UsageError(
      "--total works with text only: --json includes totals, and 'tsmap summary' writes them as CSV",
    );
  }
  if (human && bytes) throw new UsageError('--human contradicts --bytes');
  if (isMachine && choice.quiet === true) {
    throw new UsageError('-q works with text only: machine formats have no headings to leave out');
  }
  if (isMachine && choice.color === 'always') {
    throw new UsageError('--color works with text only: machine formats have no colours');
  }
  if (isMachine && human) {
    throw new UsageError('--human works with text only: machine formats have sizes in bytes');
  }
}
