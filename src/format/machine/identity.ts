import { exactBytes } from '../../columns/machine.ts';
import { type ByteString, fromByteString } from '../../model/byte-string.ts';
import type { ProcessHead } from '../../model/process.ts';

/** The members that say who a process is; undefined ones are absent. */
interface Identity {
  readonly pid: number;
  /** The program's name; U+FFFD for bytes that are not UTF-8. */
  readonly comm: string;
  /** The bytes of the program's name, if they are not UTF-8. */
  readonly comm_base64: string | undefined;
  /** The arguments joined by blanks; absent for a process without any. */
  readonly command: string | undefined;
  /** The bytes of /proc/PID/cmdline, a NUL after each argument, if they are not UTF-8. */
  readonly command_base64: string | undefined;
}

/** The names of these members, in order. */
export const IDENTITY_NAMES: readonly (keyof Identity)[] = [
  'pid',
  'comm',
  'comm_base64',
  'command',
  'command_base64',
];

/** Who a process is: the same members with the same bytes in every verb and format. */
export function identityMembers({ pid, comm, cmdline }: ProcessHead): Identity {
  return {
    pid,
    comm: fromByteString(comm),
    comm_base64: exactBytes(comm),
    command: cmdline === '' ? undefined : fromByteString(joined(cmdline)),
    command_base64: exactBytes(cmdline),
  };
}

/** The members that name a file or label, in order. */
export const LABEL_NAMES: readonly string[] = ['name', 'name_base64'];

/** The members of a file or label: its name, and the bytes of the name if it is not UTF-8. */
export function labelMembers(label: ByteString) {
  return { name: fromByteString(label), name_base64: exactBytes(label) };
}

/** Arguments joined by blanks, without the NULs at the end. */
function joined(cmdline: ByteString): ByteString {
  // A regular expression for NULs at the end would take time quadratic in their number.
  let end = cmdline.length;
  while (cmdline[end - 1] === '\0') end--;
  return cmdline.slice(0, end).replaceAll('\0', ' ');
}
