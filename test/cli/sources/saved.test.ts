import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, ROOT, tsmap } from '../../support/program.ts';

const SAVED = 'fixtures/saved';
const body = (stdout: Buffer) => stdout.toString().split('\n').slice(1);

describe('a saved smaps', () => {
  test.each(['sleep', 'crlf', 'bom'])(
    '%s.smaps shows what -x shows of the process',
    async (name) => {
      const saved = await tsmap(['-x', '--from', `${SAVED}/${name}.smaps`]);
      const live = await tsmap(['-x', '--proc-root', FIXTURES, '1001']);
      expect(body(saved.stdout)).toEqual(body(live.stdout));
      expect({ stderr: saved.stderr, status: saved.status }).toEqual({ stderr: '', status: 0 });
    },
  );

  test.each(['sleep', 'crlf', 'bom'])('%s.smaps has the figures of the process', async (name) => {
    const saved = await tsmap(['summary', '--from', `${SAVED}/${name}.smaps`]);
    const figures = saved.stdout.toString().match(/^(rss|pss|uss|shared|swap|size) +\d+/gm);
    expect(figures?.map((line) => line.replace(/ +/, ' '))).toEqual([
      'rss 1484',
      'pss 226',
      'uss 96',
      'shared 1388',
      'swap 0',
      'size 2504',
    ]);
    expect({ stderr: saved.stderr, status: saved.status }).toEqual({ stderr: '', status: 0 });
  });

  test.each([['-x'], ['-d'], ['-XX'], ['--json'], ['--group-by=kind'], ['summary']])(
    '%s reads it from a pipe as well',
    async (...options) => {
      const input = readFileSync(join(ROOT, SAVED, 'sleep.smaps'));
      const piped = await tsmap([...options, '--from', '-'], { input });
      const named = await tsmap([...options, '--from', `${SAVED}/sleep.smaps`]);
      const comparable = (out: Buffer) =>
        body(out)
          .join('\n')
          .replaceAll(/"comm":"[^"]*"/g, '');
      expect(comparable(piped.stdout)).toBe(comparable(named.stdout));
      expect({ stderr: piped.stderr, status: piped.status }).toEqual({ stderr: '', status: 0 });
    },
  );
});

describe('a saved maps', () => {
  test.each(['sleep', 'crlf'])('%s.maps shows what the process shows', async (name) => {
    for (const options of [[], ['-d']]) {
      const saved = await tsmap([...options, '--from', `${SAVED}/${name}.maps`]);
      const live = await tsmap([...options, '--proc-root', FIXTURES, '1001']);
      expect(body(saved.stdout)).toEqual(body(live.stdout));
      expect({ stderr: saved.stderr, status: saved.status }).toEqual({ stderr: '', status: 0 });
    }
  });

  test.each([['-x'], ['-X'], ['summary'], ['--columns=rss']])(
    '%s reports that it needs smaps',
    async (option) => {
      const { stdout, stderr, status } = await tsmap([option, '--from', `${SAVED}/sleep.maps`]);
      expect(stderr).toMatch(/^tsmap: fixtures\/saved\/sleep\.maps: [^\n]*needs smaps[^\n]*\n$/);
      expect({ stdout: stdout.toString(), status }).toEqual({ stdout: '', status: 1 });
    },
  );
});

describe('a file that was cut', () => {
  test('shows what is complete, and reports the cut', async () => {
    const { stdout, stderr, status } = await tsmap(['-x', '--from', `${SAVED}/cut.smaps`]);
    const whole = body((await tsmap(['-x', '--proc-root', FIXTURES, '1001'])).stdout);
    const rows = body(stdout).filter((line) => /^[0-9a-f]{16} /.test(line));
    expect(rows.length).toBeGreaterThan(3);
    expect(rows).toEqual(whole.slice(1, 1 + rows.length));
    expect(stderr).toMatch(
      /^tsmap: fixtures\/saved\/cut\.smaps: [^\n]*middle of a record[^\n]*\n$/,
    );
    expect(status).toBe(1);
  });

  test('is summed up as far as it goes, and reported', async () => {
    const { stdout, stderr, status } = await tsmap(['summary', '--from', `${SAVED}/cut.smaps`]);
    expect(stdout.toString()).toMatch(/^rss +44 resident$/m);
    expect(stderr).toBe(`tsmap: ${SAVED}/cut.smaps: ends in the middle of a record\n`);
    expect(status).toBe(1);
  });
});

describe.each([[], ['-x'], ['--json'], ['summary']])(
  'a file that is not a saved map, with %j',
  (...options) => {
    test.each([
      [`${SAVED}/empty`, 'is empty'],
      [`${SAVED}/not-a-map`, 'is not a maps or smaps file'],
      [`${SAVED}/rollup`, 'smaps_rollup'],
      ['/nonexistent', 'no such file'],
      ['fixtures', 'is a directory'],
    ])('%s is reported in one line: %s', async (file, message) => {
      const { stdout, stderr, status } = await tsmap([...options.flat(), '--from', file]);
      expect(stderr).toMatch(/^tsmap: [^\n]+\n$/);
      expect(stderr).toContain(`${file}: `);
      expect(stderr).toContain(message);
      if (options.flat().includes('--json')) {
        expect(JSON.parse(stdout.toString()).problems).toHaveLength(1);
      } else expect(stdout.toString()).toBe('');
      expect(status).toBe(1);
    });
  },
);
