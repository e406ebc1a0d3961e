import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nextMember } from '../../../src/recording/compression/gzip-members.ts';
import { zstdOfNode } from '../../../src/recording/compression/zstd.ts';
import { removeDirectory } from '../../support/proc/replace-file.ts';
import { FIXTURES, inTemporaryDirectory, ROOT, tsmap } from '../../support/program.ts';
import { momentsOf, readRecording, recordFixtures } from '../../support/verbs/recorder.ts';

describe('a file', () => {
  test('is continued with --append: a cut line is removed, moments are numbered on', async () => {
    await inTemporaryDirectory(async (directory) => {
      for (const name of ['a.tsmap', 'a.tsmap.gz', ...(zstdOfNode() ? ['a.tsmap.zst'] : [])]) {
        const path = join(directory, name);
        expect(await recordFixtures(path, '1001', '--count', '2', '--append')).toMatchObject({
          stderr: '',
          status: 0,
        });
        expect(await recordFixtures(path, '1001', '--count', '1', '--append')).toMatchObject({
          stderr: '',
          status: 0,
        });
        expect(momentsOf(await readRecording(path))).toEqual([1, 2, 3]);
        writeFileSync(path, readFileSync(path).subarray(0, -7));
        const { stderr, status } = await recordFixtures(path, '1001', '--count', '1', '--append');
        const message = `${path}: the last line (line 4) was cut off and has been removed`;
        expect({ stderr, status }).toEqual({ stderr: `tsmap: ${message}\n`, status: 0 });
        const { samples, problems } = await readRecording(path);
        expect({ moments: momentsOf({ samples }), problems }).toEqual({
          moments: [1, 2, 3],
          problems: [],
        });
      }
    });
  });

  test('that is damaged in the middle is continued, and loses nothing else', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap.gz');
      await recordFixtures(path, '1001', '--count', '3');
      const bytes = readFileSync(path);
      // The length and the content of the second sample.
      const second = nextMember(bytes);
      const start = second + nextMember(bytes.subarray(second));
      bytes.fill(0xff, start + 12, start + 70);
      writeFileSync(path, bytes);
      const { stderr, status } = await recordFixtures(path, '1001', '--count', '2', '--append');
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      expect(readFileSync(path).subarray(0, bytes.length)).toEqual(bytes);
      const { samples, problems } = await readRecording(path);
      expect({ moments: momentsOf({ samples }), problems }).toEqual({
        moments: [1, 3, 4, 5],
        problems: ['malformed'],
      });
      // Then it is cut as well: only the cut line is removed.
      writeFileSync(path, readFileSync(path).subarray(0, -7));
      await recordFixtures(path, '1001', '--count', '1', '--append');
      expect(momentsOf(await readRecording(path))).toEqual([1, 3, 4, 5]);
      expect(readFileSync(path).subarray(0, bytes.length)).toEqual(bytes);
    });
  });

  test('that ends in something else is not continued, and stays as it is', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap.gz');
      await recordFixtures(path, '1001', '--count', '1');
      writeFileSync(path, Buffer.alloc(500, 'x'), { flag: 'a' });
      const content = readFileSync(path);
      const { stderr, status } = await recordFixtures(path, '1001', '--count', '1', '--append');
      expect({ stderr, status }).toEqual({
        stderr: `tsmap: ${path}: line 3 is damaged: record to another file\n`,
        status: 1,
      });
      expect(readFileSync(path)).toEqual(content);
    });
  });

  test('that is empty is continued in its place', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      writeFileSync(path, '');
      const { ino } = statSync(path);
      await recordFixtures(path, '1001', '--count', '1', '--append');
      expect(statSync(path).ino).toBe(ino);
      expect(momentsOf(await readRecording(path))).toEqual([1]);
    });
  });

  test('of other processes or another detail is not continued', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      await recordFixtures(path, '1001', '--count', '1');
      const content = readFileSync(path);
      const other = await recordFixtures(path, '1002', '--count', '1', '--append');
      expect(other.stderr).toBe(
        `tsmap: ${path}: was recorded from other processes (their ids were 1001): record to another file\n`,
      );
      const detail = await recordFixtures(path, '1001', '--count', '1', '--append', '--by', 'kind');
      expect(detail.stderr).toBe(
        `tsmap: ${path}: was recorded without --by, not with --by kind: record to another file\n`,
      );
      expect([other.status, detail.status]).toEqual([1, 1]);
      expect(readFileSync(path)).toEqual(content);
    });
  });

  test('is continued without processes that have ended, but not without one that runs', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      const proc = join(directory, 'proc');
      for (const pid of ['1001', '1002']) {
        cpSync(join(ROOT, FIXTURES, pid), join(proc, pid), { recursive: true });
      }
      const recordFrom = (...args: string[]) =>
        tsmap(['record', '--proc-root', proc, '-o', path, '--count', '1', ...args]);
      await recordFrom('1001', '1002');
      const without = await recordFrom('1001', '--append');
      expect(without.stderr).toContain(
        'was recorded from other processes (their ids were 1001, 1002)',
      );
      removeDirectory(join(proc, '1002'));
      const { stderr, status } = await recordFrom('1001', '--append');
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      const { samples } = await readRecording(path);
      expect(samples.map(({ moment, head }) => [moment, head.pid])).toEqual([
        ...[
          [1, 1001],
          [1, 1002],
          [2, 1001],
        ],
      ]);
    });
  });

  test('that is continued with --max-size grows as large as a new one', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      await recordFixtures(path, '1001', '--count', '6');
      const sixBytes = statSync(path).size;
      const size = String(Math.ceil((sixBytes * 10) / 6));
      await recordFixtures(path, '1001', '--append', '--count', '12', '--max-size', size);
      const moments = [];
      for (const name of readdirSync(directory).sort()) {
        moments.push(momentsOf(await readRecording(join(directory, name))).length);
      }
      expect(moments.reduce((sum, each) => sum + each)).toBe(18);
      expect(moments.length).toBe(2);
    });
  });
});
