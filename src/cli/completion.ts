import { EXIT } from './exit-status.ts';
import type { Invocation } from './invocation.ts';
import { print } from './print.ts';
import { UsageError } from './usage-error.ts';

/** Shells that a completion script can be had for, each with what makes it. */
const SCRIPTS: Readonly<Record<string, () => string>> = {};

/** Prints the completion script for the shell that is named. @throws UsageError for any other word. */
export function run({ args }: Invocation): number {
  const [shell = '', ...rest] = args;
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (script === undefined || rest.length > 0) {
    throw new UsageError(`completion: expected one of ${Object.keys(SCRIPTS).join(', ')}`);
  }
  print(script());
  return EXIT.ok;
}
