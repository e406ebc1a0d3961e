import { describe, expect, test } from 'vitest';
import { endProcessesAfterwards, startSleep } from '../../support/processes.ts';
import { commandFor, runCommand, tsmap } from '../../support/program.ts';
import { startTsmap } from '../../support/running.ts';

endProcessesAfterwards();

describe('a watch', () => {
  test.each([
    { signal: 'SIGINT', how: { status: 0, signal: null } },
    { signal: 'SIGTERM', how: { status: null, signal: 'SIGTERM' } },
    { signal: 'SIGHUP', how: { status: null, signal: 'SIGHUP' } },
  ] as const)('prints its last line when $signal ends it', async ({ signal, how }) => {
    const { pid } = await startSleep();
    const watch = startTsmap(['watch', String(pid), '--interval', '60s'], { env: { TZ: 'UTC' } });
    expect(await watch.nextLine()).toMatch(/^ {4}Time {5}PID {5}RSS Change/);
    expect(await watch.nextLine()).toMatch(
      new RegExp(`^\\d\\d:\\d\\d:\\d\\d +${pid} +\\d+ +- .* sleep$`),
    );
    watch.kill(signal);
    expect(await watch.restOfLines()).toEqual([
      expect.stringMatching(
        new RegExp(`^# \\d\\d:\\d\\d:\\d\\d ${pid} sleep still running, 1 reading in`),
      ),
    ]);
    expect(await watch.ended).toMatchObject({ ...how, stderr: '' });
  });

  test('ends by SIGPIPE, without a message, when its reader is gone', async () => {
    const { pid } = await startSleep();
    const { stderr, status, signal } = await tsmap(['watch', String(pid), '--interval', '50ms'], {
      stdout: 'closed',
    });
    expect({ stderr, status, signal }).toEqual({ stderr: '', status: null, signal: 'SIGPIPE' });
  });

  test('ends by SIGPIPE when its reader leaves after the first row', async () => {
    const { pid } = await startSleep();
    const [command = '', ...rest] = commandFor(['watch', String(pid), '--interval', '50ms']);
    const script = '("$@"; echo "$?" >&2) | head -n 2';
    const { stdout, stderr } = await runCommand(['sh', '-c', script, 'sh', command, ...rest]);
    expect(stdout.toString().trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toBe('141\n');
  });

  test('reports that the disk is full', async () => {
    const { pid } = await startSleep();
    const { stderr, status } = await tsmap(['watch', String(pid)], { stdout: 'full' });
    expect(stderr).toBe('tsmap: write error: No space left on device\n');
    expect(status).toBe(1);
  });
});
