import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../program.ts';
import { removeDirectory, replaceFile } from './replace-file.ts';

const START_TIME = 22;
const FIRST_BEHIND_COMM = 3;

/** A proc root whose processes come, go and change while it is read. */
export interface ProcRoot {
  readonly path: string;
  /** Makes a process with the files of a fixture, under another number. */
  add(pid: number, fixture: number, startTimeTicks?: number): void;
  /** Ends a process: its directory is gone. */
  remove(pid: number): void;
  /** Replaces one of a process's files. */
  write(pid: number, file: string, content: string | Buffer): void;
  /** Changes the state letter, for example to `Z`. */
  setState(pid: number, state: string): void;
  cleanUp(): void;
}

/** Makes an empty proc root in a temporary directory. */
export function makeProcRoot(): ProcRoot {
  const path = mkdtempSync(join(tmpdir(), 'tsmap-proc-'));
  const fileOf = (pid: number, file: string) => join(path, String(pid), file);
  return {
    path,
    add: (pid, fixture, startTimeTicks) => {
      const made = join(path, `.${pid}.next`);
      cpSync(join(ROOT, 'fixtures/proc', String(fixture)), made, { recursive: true });
      changeText(join(made, 'status'), (text) => text.replace(/^Tgid:.*$/m, `Tgid:\t${pid}`));
      changeStat(join(made, 'stat'), pid, (fields) => {
        if (startTimeTicks !== undefined) {
          fields[START_TIME - FIRST_BEHIND_COMM] = String(startTimeTicks);
        }
      });
      removeDirectory(join(path, String(pid)));
      renameSync(made, join(path, String(pid)));
    },
    remove: (pid) => removeDirectory(join(path, String(pid))),
    write: (pid, file, content) => replaceFile(fileOf(pid, file), content),
    setState: (pid, state) =>
      changeStat(fileOf(pid, 'stat'), pid, (fields) => {
        fields[0] = state;
      }),
    cleanUp: () => rmSync(path, { recursive: true, force: true }),
  };
}

function changeText(path: string, change: (text: string) => string): void {
  replaceFile(path, Buffer.from(change(readFileSync(path, 'latin1')), 'latin1'));
}

/** Changes the fields behind the name in a line of stat, which gets the process id `pid`. */
function changeStat(path: string, pid: number, change: (fields: string[]) => void): void {
  changeText(path, (text) => {
    const end = text.lastIndexOf(') ') + 2;
    const fields = text.slice(end).split(' ');
    change(fields);
    return `${pid} ${text.slice(text.indexOf('('), end)}${fields.join(' ')}`;
  });
}
