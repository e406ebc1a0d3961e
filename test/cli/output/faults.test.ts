import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { endProcessesAfterwards, type Subject, startSleep } from '../../support/processes.ts';
import { FIXTURES, inTemporaryDirectory, NO_SUCH_PID, ROOT, tsmap } from '../../support/program.ts';
import {
  AS_OTHER_USER,
  onlyAsRoot,
  withProgramForOtherUsers,
} from '../../support/system/other-user.ts';

endProcessesAfterwards();

let sleeper: Subject;
beforeAll(async () => {
  sleeper = await startSleep();
});

const fixture = (...args: string[]) => tsmap(['--proc-root', FIXTURES, ...args]);

describe('a process that does not exist', () => {
  test.each([{ options: [] }, { options: ['-x'] }, { options: ['-d'] }, { options: ['-q'] }])(
    'is reported, with status 42, with $options',
    async ({ options }) => {
      const { stdout, stderr, status } = await tsmap([...options, NO_SUCH_PID]);
      expect(stdout.toString()).toBe('');
      expect(stderr).toBe(`tsmap: ${NO_SUCH_PID}: no such process\n`);
      expect(status).toBe(42);
    },
  );

  test('does not stop the reports of others, before and after it', async () => {
    const { stdout, stderr, status } = await fixture('1001', '999', '1002', '998');
    expect(stdout.toString().match(/^\d+: {3}/gm)).toEqual(['1001:   ', '1002:   ']);
    expect(stdout.toString().match(/^ total +\d+K$/gm)).toHaveLength(2);
    expect(stderr).toBe('tsmap: 999: no such process\ntsmap: 998: no such process\n');
    expect(status).toBe(42);
  });

  test('is reported between the reports if both streams are one', async () => {
    const wrapper = ['sh', '-c', 'exec "$@" 2>&1', 'sh'];
    const { stdout } = await tsmap(['--proc-root', FIXTURES, '-q', '2012', '999', '2012'], {
      wrapper,
    });
    expect(stdout.toString().split('\n')).toEqual([
      '2012:   [ended] <defunct>',
      'tsmap: 999: no such process',
      '2012:   [ended] <defunct>',
      '',
    ]);
  });
});

describe.runIf(onlyAsRoot('a process of someone else'))('a process of someone else', () => {
  test.each([{ options: [] }, { options: ['-x'] }, { options: ['-d'] }])(
    'has a title but no report with $options',
    async ({ options }) => {
      const args = [...options, String(sleeper.pid)];
      const { stdout, stderr, status } = await withProgramForOtherUsers((program) =>
        tsmap(args, { wrapper: AS_OTHER_USER, program }),
      );
      expect(stdout.toString()).toBe(`${sleeper.pid}:   sleep 1000\n`);
      expect(stderr).toBe(`tsmap: ${sleeper.pid}: permission denied (try sudo)\n`);
      expect(status).toBe(1);
    },
  );

  test('and a missing one give status 43 together, and a readable one is reported', async () => {
    const wrapper = [...AS_OTHER_USER, 'sh', '-c', 'exec "$@" $$', 'sh'];
    const args = [String(sleeper.pid), NO_SUCH_PID];
    const { stdout, stderr, status } = await withProgramForOtherUsers((program) =>
      tsmap(args, { wrapper, program }),
    );
    expect(stdout.toString().match(/^\d+: {3}/gm)).toHaveLength(2);
    expect(stdout.toString()).toMatch(/\n total +\d+K\n$/);
    expect(stderr).toMatch(
      /: permission denied \(try sudo\)\ntsmap: 2147483647: no such process\n/,
    );
    expect(status).toBe(43);
  });
});

describe('a kernel without smaps', () => {
  test('is reported, with the options that still work', async () => {
    const { stdout, stderr, status } = await fixture('-x', '2906', '2012');
    expect(stdout.toString()).toMatch(/^2906: {3}no-smaps\n2012: {3}\[ended\] <defunct>\nAddress/);
    expect(stderr).toBe(
      'tsmap: 2906: this kernel has no fixtures/proc/2906/smaps; ' +
        'without it only the default and the -d report work\n',
    );
    expect(status).toBe(1);
  });

  test.each([{ options: [] }, { options: ['-d'] }])(
    'does not matter with $options',
    async ({ options }) => {
      const { stderr, status } = await fixture(...options, '2906');
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    },
  );
});

describe('a malformed file', () => {
  test.each([
    {
      args: ['2901'],
      message: /maps, line 4: expected '.*', found '\*\*\* garbage, not a mapping \*\*\*'/,
    },
    {
      args: ['-x', '2901'],
      message: /smaps, line 60: expected .*, found '\*\*\* garbage, not a key \*\*\*'/,
    },
    { args: ['2904'], message: /maps, line 3: expected '.*', found 'zz5a4000-00711000 rw-p/ },
    { args: ['-x', '2902'], message: /smaps ends in the middle of a record$/ },
    { args: ['-d', '2905'], message: /maps, line 1: expected '.*', found '/ },
    { args: ['2907'], message: /there is no fixtures\/proc\/2907\/maps$/ },
  ])('of $args is reported with file, line and what was expected', async ({ args, message }) => {
    const { stdout, stderr, status } = await fixture(...args, '2012');
    const [first = ''] = stderr.split('\n');
    expect(first).toMatch(/^tsmap: 29\d\d: /);
    expect(first).toMatch(message);
    expect(stderr).not.toMatch(/\n +at /);
    expect(stdout.toString()).toContain('2012:   [ended] <defunct>\n');
    expect(status).toBe(1);
  });

  test('keeps the mappings around the damage', async () => {
    const rows = async (pid: string) =>
      (await fixture('-q', pid)).stdout.toString().trimEnd().split('\n').length - 1;
    expect([await rows('2901'), await rows('2904'), await rows('2905')]).toEqual([7, 5, 0]);
  });

  test('is quoted like a name: UTF-8 stays, other bytes become question marks', async () => {
    await inTemporaryDirectory(async (root) => {
      const pid = join(root, '7');
      cpSync(join(ROOT, FIXTURES, '2012'), pid, { recursive: true });
      writeFileSync(join(pid, 'maps'), Buffer.from('caf\xe9 \u00e6\u00bc\u00a2\n', 'latin1'));
      const { stderr } = await tsmap(['--proc-root', root, '7']);
      expect(stderr).toContain("found 'caf? 漢'");
    });
  });

  test('whose range ends before it begins has no row, or the size that pmap prints', async () => {
    const { stdout } = await fixture('2903');
    const [, size] = /^00000000004a1000 +(\S+) /m.exec(stdout.toString()) ?? [];
    // No row at all, or what pmap makes of it.
    expect([undefined, '18014398509481948K']).toContain(size);
  });
});

describe('directories in place of files', () => {
  test.each(['maps', 'stat', 'cmdline', 'status'])(
    '%s as a directory is reported',
    async (file) => {
      await inTemporaryDirectory(async (root) => {
        const pid = join(root, '7');
        cpSync(join(ROOT, FIXTURES, '1001'), pid, { recursive: true });
        rmSync(join(pid, file));
        mkdirSync(join(pid, file));
        const { stderr, status } = await tsmap(['--proc-root', root, '7']);
        expect(stderr).toBe(`tsmap: 7: cannot read ${pid}/${file}: EISDIR\n`);
        expect(status).toBe(1);
      });
    },
  );
});
