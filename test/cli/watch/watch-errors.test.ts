import { describe, expect, test } from 'vitest';
import { endProcessesAfterwards, startSleep } from '../../support/processes.ts';
import { NO_SUCH_PID, tsmap } from '../../support/program.ts';

endProcessesAfterwards();

describe('a watch that finds no process', () => {
  test.each([
    { args: [NO_SUCH_PID], stderr: `tsmap: ${NO_SUCH_PID}: no such process\n`, status: 42 },
    {
      args: ['--name', 'nobody-has-this', '--until-exit'],
      stderr: 'tsmap: no process matches\n',
      status: 42,
    },
    {
      args: ['--name', 'nobody-has-this', '--count', '1'],
      stderr: 'tsmap: no process matches yet, waiting for one\ntsmap: no process matches\n',
      status: 42,
    },
    {
      args: ['--children', NO_SUCH_PID],
      stderr: `tsmap: ${NO_SUCH_PID}: no such process\n`,
      status: 42,
    },
  ])('ends with a message: $args', async ({ args, stderr, status }) => {
    const result = await tsmap(['watch', ...args]);
    expect({ stderr: result.stderr, status: result.status }).toEqual({ stderr, status });
    expect(result.stdout.toString()).toBe('');
  });

  test('still watches the other processes', async () => {
    const { pid } = await startSleep();
    const { stdout, stderr, status } = await tsmap([
      'watch',
      NO_SUCH_PID,
      String(pid),
      '--count',
      '1',
    ]);
    expect(stdout.toString()).toContain(` ${pid} `);
    expect(stderr).toBe(`tsmap: ${NO_SUCH_PID}: no such process\n`);
    expect(status).toBe(42);
  });
});

describe('a mistake in the arguments of watch', () => {
  test.each([
    { args: ['1', '--interval', '0'], message: /^--interval: '0' must be longer than 0 \(/ },
    { args: ['1', '--interval', 'soon'], message: /^--interval: 'soon' is not a duration \(/ },
    { args: ['1', '--interval', '-5'], message: /^--interval: '-5' is not a duration \(/ },
    { args: ['1', '--interval'], message: /^option '--interval' requires an argument/ },
    { args: ['1', '--count', '0'], message: /^--count: '0' is not a number of readings/ },
    { args: ['1', '--count', '1.5'], message: /^--count: '1.5' is not a number of readings/ },
    { args: ['1', '--by', 'mode'], message: /^--by: 'mode' is not one of kind, mapping/ },
    { args: ['1', '--top', '0'], message: /^--top: '0' is not a number of rows/ },
    { args: ['1', '--human', '--json'], message: /^--human works with text only/ },
    { args: ['1', '--json', '--format', 'csv'], message: /^--json contradicts --format csv/ },
    { args: ['1', '--from', 'x'], message: /^unrecognized option '--from'/ },
    { args: ['one'], message: /^'one' is not a process id/ },
    { args: [], message: /^argument missing/ },
  ])('is reported in one line: $args', async ({ args, message }) => {
    const { stdout, stderr, status } = await tsmap(['watch', ...args]);
    expect(stdout.toString()).toBe('');
    expect(stderr.replace(/^tsmap: /, '')).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
  });
});
