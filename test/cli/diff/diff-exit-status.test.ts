import { describe, expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';
import { fixtureSample, recordingText } from '../../support/text/recordings.ts';
import { temporaryFiles } from '../../support/text/smaps-lines.ts';
import { diff, writeDiffSides } from '../../support/verbs/diff-sides.ts';

const file = temporaryFiles();
const { BEFORE, AFTER } = writeDiffSides(file);

describe('the exit status', () => {
  test.each<[number, string[]]>([
    [0, [BEFORE, AFTER]],
    [3, ['--exit-status', BEFORE, AFTER]],
    [3, ['--exit-status', '--more-than', '3839K', BEFORE, AFTER]],
    [0, ['--exit-status', '--more-than', '3840K', BEFORE, AFTER]],
    [3, ['--exit-status', '--more-than', '2M', '--top', '1', '--sort', 'rss', BEFORE, AFTER]],
    [0, ['--exit-status', BEFORE, BEFORE]],
    [0, ['--exit-status', '--columns', 'swap', BEFORE, AFTER]],
    [3, ['--exit-status', '--columns', 'swap', '--sort', '-rss', BEFORE, AFTER]],
    [0, ['--exit-status', '--filter', 'mapping~old', BEFORE, AFTER]],
    [3, ['--exit-status', '--group-by', 'kind', BEFORE, AFTER]],
    [42, ['--proc-root', FIXTURES, '999', '1001']],
    [42, ['--proc-root', FIXTURES, '--after', '1ms', '999']],
    [42, ['--exit-status', '--proc-root', FIXTURES, '2012', '1001']],
    [1, ['/nonexistent/file', AFTER]],
  ])('is %d for %j', async (status, args) => {
    expect((await diff(...args)).status).toBe(status);
  });
});

describe('unknown growth', () => {
  const total = file('total.tsmap', recordingText([fixtureSample(1001, 'total')]));
  const args = ['--proc-root', FIXTURES, '--exit-status', total, '1001'];

  test('is reported, and the status is not 0', async () => {
    const { stderr, status } = await diff(...args, '--columns', 'size');
    expect({ stderr, status }).toEqual({
      stderr: 'tsmap: 1001: growth of size is unknown: one side does not report it\n',
      status: 1,
    });
  });

  test('does not matter in other columns', async () => {
    const { stderr, status } = await diff(...args, '--columns', 'rss,size');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });
});

describe('a comparison that cannot be written', () => {
  test.each([
    [3, ['--exit-status']],
    [3, ['--exit-status', '--json']],
    [1, []],
    [1, ['--exit-status', '--more-than', '1G', '--format', 'csv']],
  ])('ends with %i: %j', async (expected, options) => {
    const { stderr, status } = await tsmap(['diff', ...options, BEFORE, AFTER], { stdout: 'full' });
    expect({ stderr, status }).toEqual({
      stderr: 'tsmap: write error: No space left on device\n',
      status: expected,
    });
  });
});
