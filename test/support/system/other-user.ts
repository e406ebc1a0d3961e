import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isExecutable, PROGRAM, ROOT } from '../program.ts';

/** Whether the tests may become another user; if not, prints that `what` is skipped. */
export function onlyAsRoot(what: string): boolean {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) console.warn(`skipped: ${what}: only root can become another user`);
  return isRoot;
}

/** Runs the command after it as a user who owns nothing. */
export const AS_OTHER_USER: readonly string[] = [
  'setpriv',
  '--reuid=65534',
  '--regid=65534',
  '--clear-groups',
];

/**
 * Passes `use` the path of a copy of the program that any user may run. A checkout may be closed to
 * other users: `git clone . "$(mktemp -d)/tsmap"` makes one that only root can read.
 */
export async function withProgramForOtherUsers<T>(
  use: (program: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-everyone-'));
  try {
    chmodSync(directory, 0o755);
    return await use(copyProgram(directory));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function copyProgram(directory: string): string {
  if (isExecutable) {
    const copy = join(directory, basename(PROGRAM));
    cpSync(PROGRAM, copy);
    chmodSync(copy, 0o755);
    return copy;
  }
  mkdirSync(join(directory, 'dist'));
  for (const part of ['bin', 'dist/program']) {
    cpSync(join(ROOT, part), join(directory, part), { recursive: true });
  }
  return join(directory, 'bin', basename(PROGRAM));
}
