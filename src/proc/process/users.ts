import type { ByteString } from '../../model/byte-string.ts';
import { ProblemError } from '../../model/errors/problem.ts';
import { readWholeIfReadable } from '../source/byte-source.ts';
import { processPath, readProcessText } from './process-file.ts';
import { statusValue } from './status.ts';

/** The highest valid user id. The next number, -1 in 32 bits, means "no user" to the kernel. */
const HIGHEST_UID = 0xffff_fffe;

/**
 * The user that a process runs as: its effective uid, the second number of `Uid:` in
 * /proc/PID/status (proc_pid_status(5)). `ps -u`, `pgrep -u` and the USER column of `ps aux` use
 * it, too. A set-user-ID program such as sudo runs as root, no matter who started it.
 *
 * @throws ProblemError when there is no such process, or it cannot be read.
 */
export function uidOf(root: string, pid: number): number {
  const uid = uidIn(readProcessText(root, pid, 'status'));
  if (uid !== undefined) return uid;
  const path = processPath(root, pid, 'status');
  const message = `${path}: expected 'Uid: real effective saved filesystem'`;
  throw new ProblemError({ pid, code: 'malformed', message });
}

/** The same from a text of status; undefined if it does not say. */
export function uidIn(status: ByteString): number | undefined {
  const effective = statusValue(status, 'Uid')?.split(/\s+/)[1];
  return effective !== undefined && /^\d+$/.test(effective) ? Number(effective) : undefined;
}

/**
 * User names from a file in the format of passwd(5), read once, on first use. Users who are not in
 * it (LDAP, systemd-homed) are known only by number, and so is everyone if the file cannot be read,
 * as in a container without one.
 */
export class Users {
  readonly #path: string;
  #entries: readonly (readonly [name: string, uid: number])[] | undefined;
  #names: ReadonlyMap<number, string> | undefined;

  constructor(path = '/etc/passwd') {
    this.#path = path;
  }

  /** The user's name, or the first of several; the number as text for a user without a name. */
  userName(uid: number): string {
    this.#names ??= new Map(
      this.#read()
        .map(([name, id]) => [id, name] as const)
        .reverse(),
    );
    return this.#names.get(uid) ?? String(uid);
  }

  /**
   * The id of a user given by number or name. As in pgrep, digits are a number. Undefined if
   * unknown.
   */
  uidFromName(name: string): number | undefined {
    return parseUid(name) ?? this.#read().find(([known]) => known === name)?.[1];
  }

  #read() {
    this.#entries ??= parsePasswd(readWholeIfReadable(this.#path)?.toString('utf8') ?? '');
    return this.#entries;
  }
}

function parsePasswd(text: string): (readonly [name: string, uid: number])[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , digits = ''] = line.split(':');
    const uid = parseUid(digits);
    return name === '' || uid === undefined ? [] : [[name, uid] as const];
  });
}

function parseUid(digits: string): number | undefined {
  const uid = /^\d{1,10}$/.test(digits) ? Number(digits) : undefined;
  return uid !== undefined && uid <= HIGHEST_UID ? uid : undefined;
}
