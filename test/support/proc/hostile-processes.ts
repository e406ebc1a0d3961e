import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeProcRoot } from './proc-root.ts';

/** A process with a hostile name and command line, both byte strings (latin1). */
export interface HostileProcess {
  readonly pid: number;
  readonly comm: string;
  readonly cmdline: string;
}

/** Bytes that are not UTF-8, delimiters, formulas, control characters, empty names and arguments. */
export const HOSTILE: readonly HostileProcess[] = [
  { pid: 7001, comm: 'pr\xffog', cmdline: 'prog\xff\0-a\0' },
  { pid: 7002, comm: 'a,"b\tc', cmdline: '=1+1\0\r\n\0"\0' },
  { pid: 7003, comm: '\x1b[2J', cmdline: '\x1b]0;x\x07\0\xe2\x80\xae\0' },
  { pid: 7004, comm: '', cmdline: '\0\0' },
  { pid: 7005, comm: ') R 1', cmdline: '' },
];

/** Makes a proc root with these processes; their mappings are those of the hostile fixture. */
export function makeHostileRoot() {
  const root = makeProcRoot();
  for (const { pid, comm, cmdline } of HOSTILE) {
    root.add(pid, 2009);
    const stat = readFileSync(join(root.path, String(pid), 'stat'), 'latin1');
    const renamed = stat.replace(/\(.*\)/s, () => `(${comm})`);
    root.write(pid, 'stat', Buffer.from(renamed, 'latin1'));
    root.write(pid, 'cmdline', Buffer.from(cmdline, 'latin1'));
    // Of Linux 4.5 and later.
    const status = readFileSync(join(root.path, String(pid), 'status'), 'latin1');
    const parts = ['RssAnon', 'RssFile', 'RssShmem'].map((key) => `${key}:\t       4 kB\n`);
    root.write(pid, 'status', Buffer.from(status + parts.join(''), 'latin1'));
  }
  return root;
}
