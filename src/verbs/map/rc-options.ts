import type { Invocation } from '../../cli/invocation.ts';
import { complain } from '../../cli/output/stderr.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import type { MapOptions } from './options.ts';
import { createRcFile, defaultRcFile, namedRcFile } from './rc-file.ts';

/** Whether the command line asks for an rc file to be made (-n, -N). */
export function wantsRcFile({ createRc, createRcTo }: MapOptions): boolean {
  return createRc || createRcTo !== undefined;
}

/** Makes the rc file that -n or -N asks for. @throws UsageError, RcError. */
export function makeRcFile(
  options: MapOptions,
  operands: readonly string[],
  { name, home }: Invocation,
): void {
  if (options.showPath || options.quiet) {
    throw new UsageError('options -p, -q are mutually exclusive with -n, -N', 'message');
  }
  if (operands.length > 0) throw new UsageError('too many arguments', 'message');
  const target = options.createRcTo;
  const file = target === undefined ? defaultRcFile(name, home) : namedRcFile(target);
  createRcFile(file);
  const made = target === undefined ? `${file.name} file` : 'rc file';
  complain(name, `${made} successfully created, feel free to edit the content`);
}
