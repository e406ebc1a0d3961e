import { spawn } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { endChild, endWithTests, startReady, testProgram } from '../../support/processes.ts';
import { cleanEnvironment, tsmap } from '../../support/program.ts';
import {
  AS_OTHER_USER,
  onlyAsRoot,
  withProgramForOtherUsers,
} from '../../support/system/other-user.ts';

/** The two processes of test/programs/spaces.c, and how to end them. */
async function startPair(how: string) {
  const subject = await startReady(testProgram('spaces'), [how]);
  const [, first = '', second = ''] = /ready (\d+) (\d+)/.exec(subject.said) ?? [];
  return { pids: [first, second], end: () => subject.end() };
}

const rssOf = (line: string | undefined) => Number(/^ *\S+ +\S+ +(\d+)/.exec(line ?? '')?.[1]);

describe.runIf(onlyAsRoot('page frames of address spaces'))('with page frames, as root', () => {
  test.each(['vfork', 'clone'])('processes after %s count once in the total', async (how) => {
    const { pids, end } = await startPair(how);
    const { stdout, stderr, status } = await tsmap(['summary', ...pids]);
    const [, first, second, total] = stdout.toString().split('\n');
    expect(rssOf(first)).toBeGreaterThan(16_384);
    expect(rssOf(second)).toBe(rssOf(first));
    expect(rssOf(total)).toBe(rssOf(first));
    const said = `tsmap: ${pids[1]}: shares the address space of ${pids[0]}, which totals count once\n`;
    expect({ stderr, status }).toEqual({ stderr: said, status: 0 });
    const json = JSON.parse((await tsmap(['summary', '--json', ...pids])).stdout.toString());
    expect(json.processes[0]).not.toHaveProperty('address_space_of');
    expect(json.processes[1].address_space_of).toBe(Number(pids[0]));
    expect(json.totals.rss_bytes).toBe(json.processes[0].rss_bytes);
    await end();
  });

  test.each(['fork', 'forkwrite', 'workers'])(
    'processes after %s are two, although their maps are equal',
    async (how) => {
      const { pids, end } = await startPair(how);
      const { stdout, stderr } = await tsmap(['summary', ...pids]);
      const [, first, second, total] = stdout.toString().split('\n');
      expect(rssOf(total)).toBe(rssOf(first) + rssOf(second));
      expect(stderr).toBe('');
      await end();
    },
  );
});

describe.runIf(onlyAsRoot('another user'))('without page frames, as another user', () => {
  const children = new Set<ReturnType<typeof spawn>>();
  afterAll(async () => {
    for (const child of children) await endChild(child);
  });

  /** Starts the pair as the other user. */
  async function startOther(how: string): Promise<string[]> {
    const [command = '', ...args] = [...AS_OTHER_USER, testProgram('spaces'), how];
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: cleanEnvironment(),
    });
    endWithTests(child);
    children.add(child);
    const said = await new Promise<string>((resolve) =>
      child.stdout.once('data', (bytes) => resolve(String(bytes))),
    );
    const [, first = '', second = ''] = /ready (\d+) (\d+)/.exec(said) ?? [];
    return [first, second];
  }

  test('processes that share no anonymous page with others, but all with each other, are one', () =>
    withProgramForOtherUsers(async (program) => {
      const pids = await startOther('clone');
      const { stderr } = await tsmap(['summary', ...pids], { wrapper: AS_OTHER_USER, program });
      expect(stderr).toBe(
        `tsmap: ${pids[1]}: shares the address space of ${pids[0]}, which totals count once\n`,
      );
    }));

  test('idle workers may be one: both count, and it is said', () =>
    withProgramForOtherUsers(async (program) => {
      const pids = await startOther('workers');
      const { stdout, stderr, status } = await tsmap(['summary', ...pids], {
        wrapper: AS_OTHER_USER,
        program,
      });
      const [, first, second, total] = stdout.toString().split('\n');
      expect(rssOf(total)).toBe(rssOf(first) + rssOf(second));
      expect(stderr).toBe(
        `tsmap: ${pids[0]}: may share one address space with ${pids[1]}: totals count each of them\n`,
      );
      expect(status).toBe(0);
    }));
});
