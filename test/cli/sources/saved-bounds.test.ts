import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { tsmap } from '../../support/program.ts';
import { temporaryFiles } from '../../support/text/smaps-lines.ts';

const file = temporaryFiles();
const COUNT = 150_000;

/** More mappings than a small heap can hold. */
const LARGE = Array.from({ length: COUNT }, (_, i) => {
  const start = 0x10000000 + i * 0x2000;
  const range = `${start.toString(16)}-${(start + 0x1000).toString(16)}`;
  return `${range} rw-p 00000000 00:00 0 \nRss: 4 kB\nShared_Dirty: 0 kB\nPrivate_Dirty: 4 kB\n`;
}).join('');
const SMALL_HEAP = { NODE_OPTIONS: '--max-old-space-size=40' };

describe('a saved text larger than the memory of Node', () => {
  const path = file('large.smaps', LARGE);

  test.each([
    [[]],
    [['-x']],
    [['-d']],
    [['--format', 'ndjson']],
    [['--format', 'csv']],
    [['--total']],
  ])('is read as a stream by tsmap %j', async (options) => {
    const { stdout, stderr, status } = await tsmap([...options, '--from', path], {
      env: SMALL_HEAP,
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout.length).toBeGreaterThan(50);
  });

  test('is refused in one line by a report that keeps its mappings', async () => {
    const { stderr, status } = await tsmap(['diff', path, path], { env: SMALL_HEAP });
    expect(stderr).toMatch(
      /^tsmap: [^\n]* has too many mappings for this report \(\d+ so far\): [^\n]*\n$/,
    );
    expect(status).toBe(1);
  });
});

test('a line longer than any of a kernel is refused in one line', async () => {
  const path = file('long', `${LARGE.slice(0, 70)}\nRss: ${'9'.repeat(32 << 20)} kB\n`);
  const { stderr, status } = await tsmap(['-x', '--from', path]);
  expect(stderr).toMatch(
    /^tsmap: [^\n]*: the record that begins in line \d+ is longer than 1 MiB[^\n]*\n$/,
  );
  expect(status).toBe(1);
});

test('a small file that decompresses to much is read as a stream', async () => {
  const path = file('bomb.gz', gzipSync(Buffer.alloc(256 << 20)));
  const { stderr, status } = await tsmap(['--from', path], { env: SMALL_HEAP });
  expect(stderr).toMatch(/^tsmap: [^\n]*is not a maps or smaps file[^\n]*\n$/);
  expect(status).toBe(1);
});
