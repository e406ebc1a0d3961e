import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listPids } from '../../../../src/proc/process/list.ts';
import { type Criteria, selectProcesses } from '../../../../src/proc/process/select.ts';
import { onlyWith, until } from '../../../support/processes.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';

const FIXTURES = new URL('../../../../fixtures/proc', import.meta.url).pathname;

function chosen(criteria: Criteria, ownPid = 0): number[] {
  const { pids, unreadable } = selectProcesses(FIXTURES, criteria, { ownPid });
  expect(unreadable).toEqual([]);
  return pids;
}

describe('processes are chosen', () => {
  test.each<[string, Criteria, number[]]>([
    ['name, anywhere in it', { name: /lee/ }, [1001]],
    ['name, as a whole', { name: /^sleep$/ }, [1001]],
    ['name, in upper case', { name: /SLEEP/ }, []],
    ['name, in any case', { name: /SLEEP/i }, [1001]],
    ['name of a kernel thread', { name: /^kworker/ }, [2011]],
    ['name of a zombie', { name: /^ended$/ }, [2012]],
    ['name with bytes that are no UTF-8', { name: /\ufffd/ }, [2013]],
    ['name with brackets', { name: /^a\) b \(c\) R 1/ }, [2013]],
    ['name, though the arguments have it', { name: /1000$/ }, []],
    [
      'a regular expression with the flag g, each time',
      { name: /^(sleep|python3|node)$/g },
      [1001, 1002, 1003],
    ],
    ['command line', { name: /^\/usr\/bin\/sleep 600$/, full: true }, [1001]],
    ['command line of a kernel thread', { name: /^\[kworker.*\]$/, full: true }, [2011]],
    ['command line of a zombie', { name: /^\[ended\] <defunct>$/, full: true }, [2012]],
    ['nothing: none is', {}, []],
    ['nothing but how to match: none is', { full: true }, []],
    ['name and user', { name: /sleep/, uid: 0 }, [1001]],
    ['name and another user', { name: /sleep/, uid: 4711 }, []],
    ['name, of all', { name: /sleep/, all: true }, [1001]],
  ])('by %s', (_, criteria, pids) => {
    expect(chosen(criteria)).toEqual(pids);
  });

  test('all, when all are asked for', () => {
    expect(chosen({ all: true })).toEqual(listPids(FIXTURES));
  });

  test('never the process that asks', () => {
    expect(chosen({ name: /sleep/ }, 1001)).toEqual([]);
    expect(chosen({ all: true }, 1001)).not.toContain(1001);
  });
});

describe('among processes that cannot be read', () => {
  function withDamage(use: (root: string) => void): Promise<void> {
    return inTemporaryDirectory((root) => {
      for (const pid of [1001, 1002, 1003]) {
        cpSync(join(FIXTURES, String(pid)), join(root, String(pid)), { recursive: true });
      }
      rmSync(join(root, '1002'), { recursive: true });
      rmSync(join(root, '1003/stat'));
      mkdirSync(join(root, '1003/stat'));
      mkdirSync(join(root, '1004'));
      writeFileSync(join(root, '1004/stat'), 'what');
      use(root);
    });
  }

  test('a process that ended is left out, others are reported', () =>
    withDamage((root) => {
      expect(selectProcesses(root, { name: /./ }, { ownPid: 0 })).toEqual({
        pids: [1001],
        unreadable: [
          { pid: 1003, code: 'read-error', message: `cannot read ${root}/1003/stat: EISDIR` },
          {
            pid: 1004,
            code: 'malformed',
            message: `${root}/1004/stat: expected 'pid (name) state ...'`,
          },
        ],
      });
    }));

  test('only what is needed is read', () =>
    withDamage((root) => {
      const selection = selectProcesses(root, { name: /./, uid: 4711 }, { ownPid: 0 });
      expect(selection).toEqual({ pids: [], unreadable: [] });
    }));
});

describe.runIf(onlyWith('pgrep', 'the choice of processes against pgrep'))(
  'the same processes are chosen as by',
  () => {
    const pgrep = (...args: string[]) =>
      spawnSync('pgrep', args, { encoding: 'utf8' }).stdout.split('\n').filter(Boolean).map(Number);

    /** Compares again if it fails: other tests start and end processes meanwhile. */
    const expectSame = (criteria: Criteria, ...args: string[]) =>
      until(
        () => {
          const { pids } = selectProcesses('/proc', criteria, { ownPid: 0 });
          return pids.length > 0 && pids.join() === pgrep(...args).join();
        },
        `pgrep ${args.join(' ')} finds others`,
      );

    test.each<[Criteria, string[]]>([
      [{ name: /sleep/ }, ['sleep']],
      [{ name: /^slee.$/ }, ['^slee.$']],
      [{ name: /^kthreadd$/ }, ['^kthreadd$']],
      [{ name: /kworker.+[0-9]$/ }, ['kworker.+[0-9]$']],
      [{ name: /^sleep 98.65 *$/, full: true }, ['-f', '^sleep 98.65 *$']],
      [{ name: /^\[kthreadd\]$/, full: true }, ['-f', '^\\[kthreadd\\]$']],
      [
        { name: /^sleep 98.65 0$/, full: true, uid: 65534 },
        ['-u', '65534', '-f', '^sleep 98.65 0$'],
      ],
      [{ name: / : x {2}a.b$/, full: true }, ['-f', ' : x  a.b$']],
      [{ name: /^\[sh\] <defunct>$/, full: true }, ['-f', '^\\[sh\\] <defunct>$']],
      [{ uid: 65534 }, ['-u', '65534']],
      [{ name: /sleep/, uid: 65534 }, ['-u', '65534', 'sleep']],
      [{ name: /^sh$/ }, ['-x', 'sh']],
    ])('pgrep: %j, %j', async (criteria, args) => {
      const children = [
        spawn('sh', ['-c', 'read line; :', 'x', '', 'a\nb', '', '']),
        // Its child ends and is not waited for: a zombie.
        spawn('sh', ['-c', 'sh -c : & exec sleep 1000']),
        spawn('sleep', ['98765']),
        ...(process.geteuid?.() === 0 ? [spawn('sleep', ['98765', '0'], { uid: 65534 })] : []),
      ];
      try {
        // Only root can start a process of another user.
        if (criteria.uid === undefined || children.length === 4)
          await expectSame(criteria, ...args);
      } finally {
        for (const child of children) child.kill('SIGKILL');
      }
    });
  },
);
