import type { Invocation } from '../../cli/invocation.ts';
import { complain } from '../../cli/output/stderr.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import type { MapOptions } from './options.ts';
import { createRcFile, defaultRcFile, namedRcFile, readRcFile } from './rc-file.ts';
import type { RcSettings } from './rc-parse.ts';

/** Reads the rc file that -c or -C asks for; undefined without either. @throws RcError. */
export function readRcSettings(
  { readRc, readRcFrom }: MapOptions,
  { name, home }: Invocation,
): RcSettings | undefined {
  if (readRc) return readRcFile(defaultRcFile(name, home));
  return readRcFrom === undefined ? undefined : readRcFile(namedRcFile(readRcFrom));
}

/** Whether the command line asks to create an rc file, with -n or -N. */
export function createsRcFile({ createRc, createRcTo }: MapOptions): boolean {
  return createRc || createRcTo !== undefined;
}

/** Creates the rc file that -n or -N asks for. Messages are pmap's. @throws UsageError, RcError. */
export function createRequestedRcFile(
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
  const created = target === undefined ? `${file.name} file` : 'rc file';
  complain(name, `${created} successfully created, feel free to edit the content`);
}
