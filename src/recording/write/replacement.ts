import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A new file that takes the place of an old one once it holds something. Until then it has another
 * name in the same directory, and the old file stays as it is.
 */
export class Replacement {
  readonly fd: number;
  readonly #old: Stats;
  readonly #target: string;
  #temporary: string | undefined;

  /** `oldFd` is the open old file. @throws NodeJS.ErrnoException. */
  constructor(path: string, oldFd: number) {
    // A link stays, and the file that it leads to is replaced.
    this.#target = realpathSync(path);
    this.#old = fstatSync(oldFd);
    // Unlike the old name with something added, it is never too long, and nobody can guess it.
    const name = `.tsmap-${randomBytes(16).toString('hex')}`;
    const temporary = join(dirname(this.#target), name);
    const { O_RDWR, O_CREAT, O_EXCL } = constants;
    this.fd = openSync(temporary, O_RDWR | O_CREAT | O_EXCL, 0o600);
    this.#temporary = temporary;
    this.#keepOwner();
  }

  /** Whether the old file is still in its place. */
  get isPending(): boolean {
    return this.#temporary !== undefined;
  }

  /** Whether another file has taken the old one's place meanwhile. */
  get isOvertaken(): boolean {
    const there = statSync(this.#target, { throwIfNoEntry: false });
    return there !== undefined && !(there.ino === this.#old.ino && there.dev === this.#old.dev);
  }

  /** Takes the old file's place. @throws NodeJS.ErrnoException; the old file is still there then. */
  takePlace(): void {
    if (this.#temporary === undefined) return;
    // Without it, a crash of the machine could leave the new name with no content behind it.
    fsyncSync(this.fd);
    renameSync(this.#temporary, this.#target);
    this.#temporary = undefined;
  }

  /** Removes the new file, unless it has taken the old one's place. The caller closes `fd`. */
  remove(): void {
    if (this.#temporary !== undefined) rmSync(this.#temporary, { force: true });
    this.#temporary = undefined;
  }

  /** Gives the new file the permissions and, where that is possible, the owner of the old one. */
  #keepOwner(): void {
    const { uid, gid, mode } = this.#old;
    try {
      const own = fstatSync(this.fd);
      if (own.uid !== uid || own.gid !== gid) fchownSync(this.fd, uid, gid);
    } catch {
      // Permissions that were meant for another group must not open the file to this one.
      return;
    }
    try {
      fchmodSync(this.fd, mode & 0o777);
    } catch (error) {
      closeSync(this.fd);
      this.remove();
      throw error;
    }
  }
}
