import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  endProcessesAfterwards,
  type Subject,
  startProgram,
  startSleep,
} from '../../support/processes.ts';
import { commandFor, FIXTURES, tsmap } from '../../support/program.ts';

endProcessesAfterwards();

let sleeper: Subject;
let odd: Subject;
beforeAll(async () => {
  sleeper = await (await startSleep()).stop();
  odd = await (await startProgram('odd')).stop();
});

const run = async (...args: string[]) => {
  const { stdout, stderr, status } = await tsmap(args);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.toString();
};
const fixture = (...args: string[]) => run('--proc-root', FIXTURES, ...args);

describe('several processes', () => {
  test('are reported in the order of the arguments, each as if alone', async () => {
    const [one, two] = [await fixture('-x', '1001'), await fixture('-x', '1002')];
    expect(await fixture('-x', '1002', '1001')).toBe(two + one);
  });

  test('may be the same process twice', async () => {
    const one = await fixture('1001');
    expect(await fixture('1001', '1001')).toBe(one + one);
  });

  test('may be all fixtures at once, damaged ones as well', async () => {
    const pids = readdirSync(FIXTURES);
    const { stdout, status } = await tsmap(['-x', '--proc-root', FIXTURES, ...pids]);
    expect(stdout.toString().match(/^\d+(?=: {3})/gm)).toEqual(pids);
    expect(status).toBe(1);
  });
});

describe('a process is named', () => {
  test.each([
    ['by number', (pid: number) => `${pid}`],
    ['in hexadecimal', (pid: number) => `0x${pid.toString(16)}`],
    ['in hexadecimal with capitals', (pid: number) => `0X${pid.toString(16).toUpperCase()}`],
    ['in octal', (pid: number) => `0${pid.toString(8)}`],
    ['by its directory', (pid: number) => `/proc/${pid}`],
    ['by its directory, in hexadecimal', (pid: number) => `/proc/0x${pid.toString(16)}`],
  ])('%s', async (_, argument) => {
    expect(await run(argument(sleeper.pid))).toBe(await run(String(sleeper.pid)));
  });

  test('among names in /proc that are ignored', async () => {
    const args = ['/proc/self', '/proc/meminfo', `/proc/${sleeper.pid}`, '/proc/-1', '/proc/'];
    expect(await run(...args)).toBe(await run(String(sleeper.pid)));
  });

  test('by the id of a thread, and its own id is shown', async () => {
    const threads = readdirSync(`/proc/${odd.pid}/task`).map(Number);
    const other = threads.find((tid) => tid !== odd.pid);
    expect(threads).toHaveLength(2);
    expect(await run('-x', String(other))).toBe(await run('-x', String(odd.pid)));
  });
});

describe('a live process', () => {
  test('has a row for each line of its maps', async () => {
    const lines = readFileSync(`/proc/${odd.pid}/maps`, 'latin1').trimEnd().split('\n');
    const rows = (await run('-q', String(odd.pid))).trimEnd().split('\n').slice(1);
    expect(rows.map((row) => row.slice(0, 16))).toEqual(
      lines.map((line) => line.slice(0, line.indexOf('-')).padStart(16, '0')),
    );
  });

  test('has the totals of the kernel', async () => {
    const rollup = readFileSync(`/proc/${odd.pid}/smaps_rollup`, 'latin1');
    const kib = (key: string) => Number(new RegExp(`^${key}: +(\\d+) kB$`, 'm').exec(rollup)?.[1]);
    const total = /^total kB +\d+ +(\d+) +(\d+)$/m.exec(await run('-x', String(odd.pid)));
    expect(total?.slice(1).map(Number)).toEqual([
      kib('Rss'),
      kib('Shared_Dirty') + kib('Private_Dirty'),
    ]);
  });

  test('has one stack, which contains its arguments', async () => {
    const report = await run(String(odd.pid));
    expect(report.match(/\[ stack \]$/gm)).toHaveLength(1);
    expect(report).toMatch(/^00007ff[0-9a-f]{9} +\d+K rw--- {4}\[ stack \]$/m);
  });

  test('may be the program itself', async () => {
    const { stdout, status } = await tsmap([], {
      wrapper: ['sh', '-c', 'exec "$@" $$', 'sh'],
    });
    const [title = ''] = stdout.toString().split('\n');
    const [pid = ''] = title.split(':');
    expect(title).toBe(`${pid}:   ${commandFor([pid]).join(' ')}`);
    expect(status).toBe(0);
  });

  test('may be a kernel thread, a zombie or one without a command line', async () => {
    expect(await fixture('-q', '2011', '2012')).toBe(
      '2011:   [kworker/0:1-ev]\n2012:   [ended] <defunct>\n',
    );
    expect(await fixture('-q', '2013')).toMatch(/^2013: {3}\[a\) b \(c\) R 1\?\?\?\]\n/);
  });
});
