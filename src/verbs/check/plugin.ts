import { parseLeniently } from '../../cli/options/getopt.ts';
import { complain } from '../../cli/output/stderr.ts';
import { printBytes } from '../../cli/output/stdout.ts';
import { UserError } from '../../model/user-error.ts';
import { NAGIOS, nagiosUnknown } from './nagios.ts';
import { CHECK_OPTIONS } from './options.ts';

/**
 * Whether arguments ask for the form of monitoring plugins, also where they are wrong otherwise: the
 * caller of a plugin reads a line on stdout, and takes status 1 for a warning.
 */
export function asksForNagios(args: readonly string[]): boolean {
  return parseLeniently(CHECK_OPTIONS, args).values.format === 'nagios';
}

/** Says as a plugin why it could not do its work; the status to end with. */
export function failAsPlugin(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  const isForUser = error instanceof UserError;
  const text = isForUser ? message : `internal error, please report it: ${message}`;
  try {
    printBytes(nagiosUnknown(text));
  } catch {
    complain('tsmap', text);
  }
  return NAGIOS.UNKNOWN;
}
