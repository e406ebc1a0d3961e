import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onlyWith } from '../../support/processes.ts';
import { cleanEnvironment, PROGRAM, type Result, runCommand } from '../../support/program.ts';

let home = '';

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'tsmap-home-'));
  symlinkSync(PROGRAM, join(home, 'pmap'));
  mkdirSync(join(home, 'directory'));
  writeFileSync(join(home, 'binary'), Buffer.from([0, 255, 10, 91, 10, 7, 10]));
  writeFileSync(join(home, 'long'), `[Fields Display]\n${'x'.repeat(102_400)}\nRss\n`);
  writeFileSync(join(home, 'exists'), 'mine');
});

afterAll(() => rmSync(home, { recursive: true }));

const USAGE = '\nUsage: pmap [options] PID [PID ...]\n';
const EXCLUSIVE = 'options -c, -C, -d, -n, -N, -x, -X are mutually exclusive';
const NOT_WITH_N = 'options -p, -q are mutually exclusive with -n, -N';
const AMBIGUOUS = "option '--re' is ambiguous; possibilities: '--read-rc' '--read-rc-from'";
const EXISTS = 'the file already exists - delete or rename it first';

/** Arguments, pmap's messages about them without its name, and whether usage follows. */
const mistakes: readonly (readonly [args: string[], said: string[], usage: boolean])[] = [
  [[], [], true],
  [['-z', '2'], ["invalid option -- 'z'"], true],
  [['-5'], ["invalid option -- '5'"], true],
  [['--zz', '2'], ["unrecognized option '--zz'"], true],
  [['--re', '2'], [AMBIGUOUS], true],
  [['--ext=3', '2'], ["option '--extended' doesn't allow an argument"], true],
  [['-A'], ["option requires an argument -- 'A'"], true],
  [['--range'], ["option '--range' requires an argument"], true],
  [['-A', 'zz', '2'], ["failed to parse argument: 'zz'"], false],
  [['-A', '1,2,3', '2'], ["failed to parse argument: '1,2,3'"], false],
  [['-x'], ['argument missing'], false],
  [['-x', '-d', '2'], [EXCLUSIVE], false],
  [['-XX', '-c', '2'], [EXCLUSIVE], false],
  [['-n', '-q'], [NOT_WITH_N], false],
  [['-N', 'f', '-p'], [NOT_WITH_N], false],
  [['-n', '2'], ['too many arguments'], false],
  [['abc'], [], true],
  [['0'], [], true],
  [['99999999999'], [], true],
  [['2', 'x'], [], true],
  [['-C', 'nowhere', '2'], ["couldn't read the rc file"], false],
  [['-c', '2'], ["couldn't read ~/.pmaprc"], false],
  [['-N', 'exists'], [EXISTS, "couldn't create the rc file"], false],
  [['-N', 'nowhere/rc'], ["couldn't create the rc file"], false],
];

async function run(program: string, args: readonly string[]): Promise<Result> {
  const env = { ...cleanEnvironment(), HOME: home, LC_ALL: 'C' };
  return runCommand(['sh', '-c', 'cd "$HOME" && exec "$@"', 'sh', program, ...args], { env });
}

const ours = (...args: readonly string[]) => run(join(home, 'pmap'), args);

describe('called pmap', () => {
  test.each(mistakes)('%j gets the messages %j (usage: %s)', async (args, said, usage) => {
    const { stdout, stderr, status } = await ours(...args);
    const lines = said.map((line) => `pmap: ${line}\n`).join('');
    if (usage) expect(stderr.slice(0, lines.length + USAGE.length)).toBe(lines + USAGE);
    else expect(stderr).toBe(lines);
    expect(stdout.toString()).toBe('');
    expect(status).toBe(1);
  });

  test.runIf(onlyWith('pmap', 'mistakes as pmap reports them'))(
    'pmap itself says the same',
    async () => {
      for (const [args, said, usage] of mistakes) {
        const { stderr, status } = await run('pmap', args);
        const lines = said.map((line) => `pmap: ${line}\n`).join('');
        expect({ args, said: stderr.slice(0, lines.length), status }).toEqual({
          args,
          said: lines,
          status: 1,
        });
        expect({ args, usage: stderr.includes('\nUsage:\n pmap') }).toEqual({ args, usage });
      }
    },
  );

  test('-r is reported and changes nothing else', async () => {
    const { stdout, stderr, status } = await ours('-r', '2');
    expect(stderr).toBe('pmap: option -r is ignored as SunOS compatibility\n');
    expect(stdout.toString()).toBe((await ours('2')).stdout.toString());
    expect(status).toBe(0);
  });

  test('-V and -h print this name', async () => {
    expect((await ours('-V')).stdout.toString()).toMatch(/^pmap from tsmap \d+\.\d+\.\d+\n$/);
    expect((await ours('-h')).stdout.toString()).toMatch(/^Usage: pmap \[options\] PID/);
  });

  test('makes and reads ~/.pmaprc', async () => {
    const made = 'pmap: ~/.pmaprc file successfully created, feel free to edit the content\n';
    expect(await ours('-n')).toMatchObject({ stderr: made, status: 0 });
    const again = `pmap: ${EXISTS}\npmap: couldn't create ~/.pmaprc\n`;
    expect(await ours('-n')).toMatchObject({ stderr: again, status: 1 });
    expect(await ours('-c', '2')).toMatchObject({ stderr: '', status: 0 });
    rmSync(join(home, '.pmaprc'));
  });

  test('without HOME there is no default rc file', async () => {
    const command = ['env', '-u', 'HOME', join(home, 'pmap'), '-c', '2'];
    const { stderr, status } = await runCommand(command);
    expect({ stderr, status }).toEqual({ stderr: 'pmap: HOME variable undefined\n', status: 1 });
  });

  test.each([
    ['directory', ["couldn't read the rc file"], 1],
    [
      'binary',
      ['syntax error found in the config - line 2', 'syntax error found in the config - line 3'],
      0,
    ],
    ['long', ['config line too long - line 2'], 0],
  ])('an rc file that is a %s gets %j', async (name, said, expected) => {
    const { stderr, status } = await ours('-C', name, '2');
    expect(stderr).toBe(said.map((line) => `pmap: ${line}\n`).join(''));
    expect(status).toBe(expected);
  });

  test('a range of 70 digits ends at the last address', async () => {
    const { stdout, status } = await ours('-A', `0,${'f'.repeat(70)}`, String(process.pid));
    expect(stdout.toString()).toMatch(/\n total +[1-9]\d*K\n$/);
    expect(status).toBe(0);
  });
});
