import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { zstdOfNode } from '../../../src/recording/compression/zstd.ts';
import { inTemporaryDirectory, isExecutable } from '../../support/program.ts';
import { momentsOf, readRecording, recordFixtures } from '../../support/verbs/recorder.ts';

describe('a file', () => {
  test('that ends in .gz is read by gunzip and holds the same lines', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap.gz');
      await recordFixtures(path, '1001', '--count', '2');
      const text = gunzipSync(readFileSync(path)).toString();
      expect(text.split('\n')).toHaveLength(4);
      expect(execFileSync('gzip', ['-dc', path]).toString()).toBe(text);
    });
  });

  test.runIf(zstdOfNode() === undefined && !isExecutable)(
    'that ends in .zst is refused if Node lacks zstd',
    async () => {
      await inTemporaryDirectory(async (directory) => {
        const path = join(directory, 'a.tsmap.zst');
        const { stderr, status } = await recordFixtures(path, '1001', '--count', '1');
        expect(stderr).toBe(
          `tsmap: ${path}: this version of Node.js lacks zstd: record to a name that ends with .gz, or use Node.js 22.15 or newer\n`,
        );
        expect({ status, isThere: existsSync(path) }).toEqual({ status: 1, isThere: false });
      });
    },
  );

  test.each(['a.tsmap', 'a.tsmap.gz'])('%s is rotated by size, each part whole', async (name) => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, name);
      const size = name.endsWith('gz') ? '3500B' : '40k';
      // Quiet: a busy machine misses moments, and says so.
      const args = ['--count', '12', '--max-size', size, '--quiet'];
      const { stderr } = await recordFixtures(path, '1001', '1002', ...args);
      expect(stderr).toBe('');
      const count = readdirSync(directory).length;
      expect(count).toBeGreaterThan(2);
      const parts = [];
      for (let n = count - 1; n >= 1; n--) {
        parts.push(join(directory, name.replace('.tsmap', `.tsmap.${n}`)));
      }
      const read1 = await Promise.all([...parts, path].map(readRecording));
      expect(read1.flatMap(momentsOf)).toEqual(
        Array.from({ length: 24 }, (_, at) => 1 + (at >> 1)),
      );
      for (const { header, problems } of read1) {
        expect(problems).toEqual([]);
        expect(header.processes.map(({ pid }) => pid)).toEqual([1001, 1002]);
      }
    });
  });
});
