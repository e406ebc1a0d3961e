import { checkProcRoot, isOfOtherNamespace, PROC } from '../proc/proc-root.ts';
import { openSources, type Sources } from '../sources/open-sources.ts';
import { parsePids } from './options/pid-operands.ts';
import type { SourceOptions } from './options/shared-options.ts';
import { complain } from './output/stderr.ts';

/** The directory to read: /proc, or the one given by --proc-root. */
export function rootOf({ procRoot }: { readonly procRoot: string | undefined }): string {
  return procRoot ?? PROC;
}

/**
 * Checks that `root` can be a /proc or a copy of one. Says on stderr if its processes are those of another pid
 * namespace.
 *
 * @throws SystemError, UsageError.
 */
export function checkRoot(root: string): void {
  checkProcRoot(root, process.platform);
  if (isOfOtherNamespace(root, process.pid)) {
    complain(
      'tsmap',
      '/proc belongs to another pid namespace: it shows the processes there, with the numbers they have there',
    );
  }
}

/** What to read, from the options and operands of a command line. @throws UsageError, SystemError. */
export async function sourcesFrom(
  options: SourceOptions & { readonly procRoot: string | undefined },
  operands: readonly string[],
): Promise<Sources> {
  const root = rootOf(options);
  const pids = parsePids(operands, { readsFiles: true });
  if (options.from === undefined) checkRoot(root);
  return openSources({ ...options, pids, root, ownPid: process.pid });
}
