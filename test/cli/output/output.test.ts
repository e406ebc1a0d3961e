import { beforeAll, describe, expect, test } from 'vitest';
import { endProcessesAfterwards, startProgram } from '../../support/processes.ts';
import { commandFor, FIXTURES, NO_SUCH_PID, runCommand, tsmap } from '../../support/program.ts';

endProcessesAfterwards();

const SMALL = ['--proc-root', FIXTURES, '1001'];
const MAPPINGS = 20_000;
let large: string[];

beforeAll(async () => {
  const { pid } = await (await startProgram('many', MAPPINGS)).stop();
  large = [String(pid)];
});

const sizes = [
  { size: 'small', args: () => SMALL },
  { size: 'large', args: () => large },
  { size: 'help', args: () => ['--help'] },
];

describe('a full disk', () => {
  test.each(sizes)('is reported in one line for $size output', async ({ args }) => {
    const { stderr, status } = await tsmap(args(), { stdout: 'full' });
    expect(stderr).toBe('tsmap: write error: No space left on device\n');
    expect(status).toBe(1);
  });

  test('does not matter if nothing is to be written', async () => {
    const { stderr, status } = await tsmap([NO_SUCH_PID], { stdout: 'full' });
    expect(stderr).toBe(`tsmap: ${NO_SUCH_PID}: no such process\n`);
    expect(status).toBe(42);
  });
});

describe('a closed pipe', () => {
  test.each(sizes)(
    'ends the program by SIGPIPE without a message for $size output',
    async ({ args }) => {
      const { stderr, status, signal } = await tsmap(args(), { stdout: 'closed' });
      expect({ stderr, status, signal }).toEqual({ stderr: '', status: null, signal: 'SIGPIPE' });
    },
  );

  test('is status 141 in a shell when the reader leaves in the middle', async () => {
    const script = '"$@" | head -n 1; echo $PIPESTATUS';
    const command = ['bash', '-c', script, 'bash', ...commandFor(large)];
    const { stdout, stderr } = await runCommand(command);
    const [title, status] = stdout.toString().split('\n');
    expect(title).toMatch(/^\d+: {3}.*many 20000$/);
    expect(status).toBe('141');
    expect(stderr).toBe('');
  });

  test('does not matter if its reader took everything', async () => {
    const script = '"$@" | tail -n 1; echo $PIPESTATUS';
    const { stdout } = await runCommand(['bash', '-c', script, 'bash', ...commandFor(large)]);
    expect(stdout.toString()).toMatch(/^ total +\d+K\n0\n$/);
  });
});

describe('a process with 20,000 mappings', () => {
  test.each(['pipe', 'file'] as const)('arrives completely in a %s', async (stdout) => {
    const run = await tsmap(large, { stdout });
    const lines = run.stdout.toString().split('\n');
    expect(lines.length).toBeGreaterThan(MAPPINGS);
    expect(lines.at(-1)).toBe('');
    expect(lines.at(-2)).toMatch(/^ total +\d+K$/);
    expect(run.status).toBe(0);
  });
});

describe('closed descriptors', () => {
  test('a closed stdin does not matter', async () => {
    const { stdout: expected } = await tsmap(SMALL);
    const wrapper = ['sh', '-c', 'exec "$@" <&-', 'sh'];
    const { stdout, stderr, status } = await tsmap(SMALL, { wrapper });
    expect(stdout.equals(expected)).toBe(true);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test('text on stdin is not read', async () => {
    const { stdout, status } = await tsmap(SMALL, { input: '1002\n' });
    expect(stdout.toString().match(/^\d+: {3}/gm)).toEqual(['1001:   ']);
    expect(status).toBe(0);
  });

  test('a closed stderr changes neither the report nor the status', async () => {
    const wrapper = ['sh', '-c', 'exec "$@" 2>&-', 'sh'];
    const { stdout, status } = await tsmap([...SMALL, '999'], { wrapper });
    expect(stdout.toString()).toMatch(/^1001: {3}/);
    expect(status).toBe(42);
  });
});
