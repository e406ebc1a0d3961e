import { parseLeniently } from '../../cli/options/getopt.ts';
import { complain } from '../../cli/output/stderr.ts';
import { printBytes } from '../../cli/output/stdout.ts';
import { UserError } from '../../model/errors/user-error.ts';
import { NAGIOS, nagiosUnknown } from './nagios.ts';
import { CHECK_OPTIONS } from './options.ts';

/**
 * Whether arguments ask for the output of a monitoring plugin, even if other arguments are wrong: the
 * caller of a plugin reads one line on stdout and takes status 1 for a warning.
 */
export function wantsNagios(args: readonly string[]): boolean {
  return parseLeniently(CHECK_OPTIONS, args).values.format === 'nagios';
}

/** Prints an error as a monitoring plugin does, and returns the status UNKNOWN. */
export function reportNagiosError(error: unknown): number {
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
