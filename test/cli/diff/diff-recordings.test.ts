import { describe, expect, test } from 'vitest';
import { encodeHeader } from '../../../src/recording/header.ts';
import { FIXTURES, tsmap } from '../../support/program.ts';
import { fixtureSample, HEADER, lineOf, recordingText } from '../../support/text/recordings.ts';
import { temporaryFiles } from '../../support/text/smaps-lines.ts';
import { diff } from '../../support/verbs/diff-sides.ts';

const file = temporaryFiles();

describe('a recording', () => {
  const moments = [1001, 1003, 1004].map((pid, i) => {
    const sample = fixtureSample(pid, 'all', i * 10);
    return { ...sample, head: { ...fixtureSample(1001).head, pid: 77 } };
  });
  const recording = file('one.tsmap', recordingText(moments));
  const rss = ['--columns', 'rss', '--format', 'json'];

  /** Where sides come from, and the totals of rss in KiB. */
  async function compared(...args: readonly string[]) {
    const { stdout, stderr, status } = await diff(...rss, ...args);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const { before, after, totals } = JSON.parse(stdout).processes[0];
    const kib = [totals.rss_before_bytes / 1024, totals.rss_after_bytes / 1024];
    return [before.moment, after.moment, ...kib];
  }

  /** The moments of both sides, and the fixtures that were recorded at these moments. */
  const table: readonly (readonly [string[], unknown[], number[]])[] = [
    [[recording], [1, 3], [1001, 1004]],
    [
      [`${recording}@first`, `${recording}@2`],
      [1, 2],
      [1001, 1003],
    ],
    [
      [`${recording}@2`, recording],
      [2, 3],
      [1003, 1004],
    ],
    [
      [`${recording}@last`, `${recording}@first`],
      [3, 1],
      [1004, 1001],
    ],
    [
      [`${recording}@2026-11-22T10:00:05Z`, `${recording}@2026-11-22T10:00:10Z`],
      [1, 2],
      [1001, 1003],
    ],
    [
      ['--proc-root', FIXTURES, `${recording}@1`, '1004'],
      [1, undefined],
      [1001, 1004],
    ],
  ];

  test.each(table)('compares its moments: %j', async (args, wanted, fixtures) => {
    const [before, after, ...found] = await compared(...args);
    expect([before, after]).toEqual(wanted);
    const rssOf = async (pid: number) => {
      const options = ['--total', '--columns', 'rss', '--proc-root', FIXTURES];
      return Number((await tsmap([...options, String(pid)])).stdout.toString());
    };
    expect(found).toEqual(await Promise.all(fixtures.map(rssOf)));
  });

  test('has the times of its moments', async () => {
    const { stdout } = await diff('--columns', 'rss', recording);
    expect(stdout.split('\n').slice(1, 3)).toEqual([
      `before: ${recording}, moment 1, 2026-11-22T10:00:00Z`,
      `after:  ${recording}, moment 3, 2026-11-22T10:00:20Z (20s later)`,
    ]);
  });

  test('is found even if its name contains an @, with a moment after it', async () => {
    const named = file('a@first', recordingText(moments));
    expect((await compared(named)).slice(0, 2)).toEqual([1, 3]);
    expect((await compared(`${named}@2`, named)).slice(0, 2)).toEqual([2, 3]);
  });

  test('by kind is compared with all mappings by kind', async () => {
    const [first] = moments;
    const head = first?.head ?? fixtureSample(1001).head;
    const kinds = file(
      'kinds.tsmap',
      recordingText([{ ...fixtureSample(1001, 'kind'), head }], { ...HEADER, detail: 'kind' }),
    );
    const { stdout, status } = await diff('--columns', 'rss', kinds, `${recording}@3`);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ *\+\d+ grew +heap$/m);
    const refused = await diff('--group-by', 'mode', kinds, recording);
    expect(refused.stderr).toContain(`--group-by mode: '${kinds}' holds only sums by kind`);
    expect(refused.status).toBe(1);
  });

  describe('of several processes', () => {
    const head = (pid: number) => ({ ...fixtureSample(1001).head, pid });
    const sample = (fixture: number, pid: number) => ({
      ...fixtureSample(fixture),
      head: head(pid),
    });
    const several = file(
      'several.tsmap',
      `${encodeHeader(HEADER).toString('latin1')}${[
        lineOf(sample(1001, 5), 1),
        lineOf(sample(1001, 6), 1),
        lineOf(sample(1004, 5), 2),
        lineOf(sample(1004, 8), 2),
      ].join('\n')}\n`,
    );

    test('compares each with itself, and names processes that only one side has', async () => {
      const { stdout, stderr, status } = await diff('--columns', 'rss', several);
      expect(stdout.match(/^\d+: {3}.*$/gm)).toEqual([
        '5:   /usr/bin/sleep 600',
        '6:   /usr/bin/sleep 600: only before',
        '8:   /usr/bin/sleep 600: only after',
      ]);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    });

    test('reports these on stderr in formats for programs', async () => {
      const { stdout, stderr } = await diff('--format', 'ndjson', '--columns', 'rss', several);
      expect(stdout.split('\n')[0]).toMatch(/^\{"pid":5,/);
      expect(stderr).toBe(`\
tsmap: 6 (sleep): only before, so it was not compared
tsmap: 8 (sleep): only after, so it was not compared
`);
    });

    test('compares only the process chosen by --pid', async () => {
      const { stdout } = await diff('--columns', 'rss', '--pid', '5', several);
      expect(stdout.match(/^\d+: {3}.*$/gm)).toEqual(['5:   /usr/bin/sleep 600']);
    });

    test('needs --pid if the other side is another process', async () => {
      const { stderr, status } = await diff(`${several}@1`, recording);
      expect(stderr).toContain('holds several processes (5, 6)');
      expect(stderr).toContain('--pid');
      expect(status).toBe(1);
    });

    test('lists its processes if the chosen one is not among them', async () => {
      const { stderr, status } = await diff('--pid', '9', several);
      expect(stderr).toBe(`tsmap: ${several}: does not hold process 9 at that moment, only 5, 6\n`);
      expect(status).toBe(42);
    });
  });
});
