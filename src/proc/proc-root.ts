import { existsSync, readlinkSync, statSync } from 'node:fs';
import { errnoOf } from '../model/errors/errno.ts';
import { UsageError } from '../model/errors/usage-error.ts';
import { UserError } from '../model/errors/user-error.ts';

/** The default root. */
export const PROC = '/proc';

/** Thrown when the system has no /proc: it is not Linux, or /proc is not mounted. */
export class SystemError extends UserError {
  override readonly name = 'SystemError';
}

/**
 * Checks that `root` is a directory that can hold processes.
 *
 * @throws SystemError when this system has no /proc, UsageError when `--proc-root` names anything
 *   but a directory.
 */
export function checkProcRoot(root: string, platform: string): void {
  if (root === PROC) checkSystem(platform);
  else if (!isDirectory(root)) throw new UsageError(`--proc-root: '${root}' is not a directory`);
}

/**
 * Whether `root` is the system's /proc, but shows the processes of another pid namespace, so that a number
 * is another process there than in this namespace. Source: pid_namespaces(7).
 */
export function isOfOtherNamespace(root: string, ownPid: number): boolean {
  if (root !== PROC) return false;
  try {
    return readlinkSync(`${PROC}/self`) !== String(ownPid);
  } catch {
    return true;
  }
}

/** Whether a path is a directory. @throws UsageError when it cannot be looked up. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const errno = errnoOf(error) ?? 'ENOENT';
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return false;
    throw new UsageError(`--proc-root: '${path}' cannot be read: ${errno}`);
  }
}

function checkSystem(platform: string): void {
  if (platform !== 'linux') {
    throw new SystemError(
      `this is ${platform}, and processes are read from Linux's /proc; ` +
        'a copy of one can be read with --proc-root',
    );
  }
  // In a /proc of another pid namespace, this process may have no number.
  if (!existsSync(`${PROC}/self/stat`) && !existsSync(`${PROC}/1`)) {
    throw new SystemError('/proc is not mounted (mount -t proc proc /proc)');
  }
}
