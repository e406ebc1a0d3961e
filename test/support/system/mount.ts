import { spawnSync } from 'node:child_process';

/**
 * Whether a file system can be mounted, in a mount namespace of its own: as root only. If not, prints
 * that `what` is skipped.
 */
export function canMountFileSystem(what: string): boolean {
  const probe = 'mount -n -t tmpfs none /mnt';
  const canMount = spawnSync('unshare', ['-m', 'sh', '-c', probe]).status === 0;
  if (!canMount) console.warn(`skipped: ${what}: no file system can be mounted here`);
  return canMount;
}
