import { checkProcRoot, PROC } from '../proc/proc-root.ts';
import { openSources, type Sources } from '../sources/open-sources.ts';
import { parsePids } from './options/pid-operands.ts';
import type { SourceOptions } from './options/shared-options.ts';

/** The directory that a command line reads: /proc, or what --proc-root names. */
export function rootOf({ procRoot }: { readonly procRoot: string | undefined }): string {
  return procRoot ?? PROC;
}

/** Checks that the directory can hold processes. @throws SystemError, UsageError. */
export function checkRoot(root: string): void {
  checkProcRoot(root, process.platform);
}

/** The processes and files that a command line names. @throws UsageError, SystemError. */
export async function sourcesFrom(
  options: SourceOptions & { readonly procRoot: string | undefined },
  operands: readonly string[],
): Promise<Sources> {
  const root = rootOf(options);
  const pids = parsePids(operands);
  if (options.from === undefined) checkRoot(root);
  return openSources({ ...options, pids, root, ownPid: process.pid });
}
