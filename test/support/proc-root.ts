import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './program.ts';

const START_TIME = 22;
const FIRST_BEHIND_COMM = 3;

/** A proc root whose processes come, go and change under whoever reads it. */
export interface ProcRoot {
  readonly path: string;
  /** Makes a process as a fixture has it, under another number. */
  add(pid: number, fixture: number, startTimeTicks?: number): void;
  /** Ends a process: its directory is gone. */
  remove(pid: number): void;
  /** Writes one of a process's files. */
  write(pid: number, file: string, content: string | Buffer): void;
  /** Changes the state letter, e.g. to `Z`. */
  setState(pid: number, state: string): void;
  cleanUp(): void;
}

/** Makes an empty proc root in a temporary directory. */
export function makeProcRoot(): ProcRoot {
  const path = mkdtempSync(join(tmpdir(), 'tsmap-proc-'));
  const fileOf = (pid: number, file: string) => join(path, String(pid), file);
  const changeStat = (pid: number, change: (fields: string[]) => void) => {
    const text = readFileSync(fileOf(pid, 'stat'), 'latin1');
    const end = text.lastIndexOf(') ') + 2;
    const fields = text.slice(end).split(' ');
    change(fields);
    const comm = text.slice(text.indexOf('('), end);
    writeFileSync(fileOf(pid, 'stat'), `${pid} ${comm}${fields.join(' ')}`, 'latin1');
  };
  return {
    path,
    add: (pid, fixture, startTimeTicks) => {
      rmSync(join(path, String(pid)), { recursive: true, force: true });
      cpSync(join(ROOT, 'fixtures/proc', String(fixture)), join(path, String(pid)), {
        recursive: true,
      });
      const status = readFileSync(fileOf(pid, 'status'), 'latin1');
      writeFileSync(fileOf(pid, 'status'), status.replace(/^Tgid:.*$/m, `Tgid:\t${pid}`), 'latin1');
      changeStat(pid, (fields) => {
        if (startTimeTicks !== undefined) {
          fields[START_TIME - FIRST_BEHIND_COMM] = String(startTimeTicks);
        }
      });
    },
    remove: (pid) => rmSync(join(path, String(pid)), { recursive: true, force: true }),
    write: (pid, file, content) => writeFileSync(fileOf(pid, file), content),
    setState: (pid, state) =>
      changeStat(pid, (fields) => {
        fields[0] = state;
      }),
    cleanUp: () => rmSync(path, { recursive: true, force: true }),
  };
}
