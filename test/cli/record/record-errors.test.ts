import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, inTemporaryDirectory, tsmap } from '../../support/program.ts';
import { momentsOf, readRecording, recordFixtures } from '../../support/verbs/recorder.ts';

describe('a file', () => {
  test.each<[string, (path: string) => void, string[], string]>([
    [
      'that exists',
      (path) => writeFileSync(path, 'x'),
      [],
      'already exists: --force replaces it, --append continues it',
    ],
    ['that is a directory', (path) => mkdirSync(path), ['--force'], 'is a directory'],
    [
      'that is not a recording',
      (path) => writeFileSync(path, 'x\n'),
      ['--append'],
      'is not a recording: expected a first line {"schema":"tsmap.recording/1", ...}',
    ],
    [
      'of a newer schema',
      (path) => writeFileSync(path, '{"schema":"tsmap.recording/2"}\n'),
      ['--append'],
      'has the schema tsmap.recording/2, and this version of tsmap reads only tsmap.recording/1: use a newer version',
    ],
    [
      'that is a link to nothing',
      (path) => symlinkSync('nothing', path),
      ['--force'],
      'is a link to a file that does not exist',
    ],
    [
      'that is a device',
      (path) => execFileSync('mkfifo', [path]),
      ['--force'],
      'is not a regular file, which a recording needs',
    ],
  ])('%s is refused', async (_, make, args, message) => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      make(path);
      const { stderr, status } = await recordFixtures(path, '1001', '--count', '1', ...args);
      expect({ stderr, status }).toEqual({ stderr: `tsmap: ${path}: ${message}\n`, status: 1 });
    });
  });

  test('in a directory that does not exist is refused', async () => {
    const { stderr, status } = await recordFixtures('/nowhere/at/all', '1001', '--count', '1');
    expect({ stderr, status }).toEqual({
      stderr: 'tsmap: /nowhere/at/all: no such directory\n',
      status: 1,
    });
  });

  test('is neither created nor lost if there is nothing to record', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      const missing = await recordFixtures(path, '999');
      expect(missing).toMatchObject({ stderr: 'tsmap: 999: no such process\n', status: 42 });
      const zombie = await recordFixtures(path, '2012');
      expect(zombie).toMatchObject({
        stderr: 'tsmap: 2012: no such process (it ended)\n',
        status: 42,
      });
      expect(await recordFixtures(path, '--name', 'nobody')).toMatchObject({
        stderr: 'tsmap: no process matches\n',
        status: 42,
      });
      expect(readdirSync(directory)).toEqual([]);
      writeFileSync(path, 'kept');
      expect((await recordFixtures(path, '2012', '--force')).status).toBe(42);
      expect(readFileSync(path, 'utf8')).toBe('kept');
    });
  });

  test('has the other processes if one does not exist', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      const { stderr, status } = await recordFixtures(path, '999', '1001', '--count', '2');
      expect({ stderr, status }).toEqual({ stderr: 'tsmap: 999: no such process\n', status: 42 });
      expect(momentsOf(await readRecording(path))).toEqual([1, 2]);
    });
  });
});

describe('a mistake in the arguments of record', () => {
  test.each<[string[], string]>([
    [['1001'], 'record needs a file to write to: add -o FILE.'],
    [['1001', '-o', '-'], "-o: '-' is not a file name."],
    [['1001', '-o', 'x', '--append', '--force'], '--append contradicts --force.'],
    [
      ['1001', '-o', 'x', '--interval', '0'],
      "--interval: '0' must be longer than 0 (5s, 500ms, 1m30s, 2h).",
    ],
    [
      ['1001', '-o', 'x', '--interval', 'often'],
      "--interval: 'often' is not a duration (5s, 500ms, 1m30s, 2h).",
    ],
    [['1001', '-o', 'x', '--count', '0'], "--count: '0' is not a number of samples (1 or more)."],
    [['1001', '-o', 'x', '--by', 'all'], "--by: 'all' is not one of mapping, kind, total."],
  ])('%j is reported in one line', async (args, message) => {
    const { stderr, status } = await tsmap(['record', '--proc-root', FIXTURES, ...args]);
    expect({ stderr, status }).toEqual({
      stderr: `tsmap: ${message} Try 'tsmap record --help'\n`,
      status: 1,
    });
  });
});
