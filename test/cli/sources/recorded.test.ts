import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeHeader } from '../../../src/recording/header.ts';
import { endProcessesAfterwards, startOddAlone } from '../../support/processes.ts';
import { FIXTURES, inTemporaryDirectory, tsmap } from '../../support/program.ts';
import { WHOLE_PIDS } from '../../support/reports.ts';
import { HEADER, lineOf, tinySample } from '../../support/text/recordings.ts';

endProcessesAfterwards();

/** Fixtures of processes that have not ended; a zombie is not recorded. */
const LIVING = WHOLE_PIDS.filter((pid) => pid !== 2012).map(String);
/** A fixture whose status has its user, without which summary shows nothing. */
const OWNED = '1001';
const directory = mkdtempSync(join(tmpdir(), 'tsmap-recorded-'));
const all = join(directory, 'all.tsmap');
afterAll(() => rmSync(directory, { recursive: true }));

const fixture = (...args: string[]) => tsmap(['--proc-root', FIXTURES, ...args]);
const summary = (...args: string[]) => tsmap(['summary', '--proc-root', FIXTURES, ...args]);

beforeAll(async () => {
  const args = ['record', '--proc-root', FIXTURES, ...LIVING, '-o', all, '--count', '1'];
  expect(await tsmap(args)).toMatchObject({ stderr: '', status: 0 });
});

/** Records a fixture with these options. */
async function recorded(...by: string[]): Promise<string> {
  const path = join(directory, `by-${by.join('')}.tsmap`);
  const args = ['record', '--proc-root', FIXTURES, OWNED, '-o', path, '--count', '1', '--force'];
  expect(await tsmap([...args, ...by])).toMatchObject({ stderr: '', status: 0 });
  return path;
}

/** Output without the time of the report. */
const timeless = (output: Buffer) =>
  output.toString('latin1').replace(/("taken_at": ?)"[^"]*"/g, '$1""');

describe('a recorded process is shown as it was live', () => {
  const reports = [
    ...[
      [],
      ['-x'],
      ['-d'],
      ['-X'],
      ['-XX'],
      ['-q', '-p'],
      ['-x', '-k', '-A', '400000,7f0000000000'],
    ],
    ...[['--json'], ['-d', '--json'], ['--format', 'ndjson'], ['--format', 'csv']],
    ...[
      ['--columns', '+pss,kind'],
      ['--group-by', 'kind'],
      ['--filter', 'rss>100K'],
    ],
    ['--layout', 'procps', '-x'],
  ];
  test.each(reports.map((args) => ({ args })))('with $args', async ({ args }) => {
    const live = await fixture(...args, ...LIVING);
    const { stdout, stderr, status } = await tsmap([...args, '--from', all]);
    expect(timeless(stdout)).toBe(timeless(live.stdout));
    const others = stderr.split('\n').filter((line) => !line.endsWith(': shown as 0'));
    expect({ others, status }).toEqual({ others: [''], status: 0 });
  });

  test.each([{ args: [] }, { args: ['--json'] }, { args: ['--group-by', 'mode'] }])(
    'in a summary with $args',
    async ({ args }) => {
      const live = await summary(...args, OWNED);
      const { stdout, stderr, status } = await tsmap([
        'summary',
        ...args,
        '--from',
        await recorded(),
      ]);
      expect(timeless(stdout)).toBe(timeless(live.stdout));
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    },
  );

  test.each([{ args: ['-X'] }, { args: ['--json'] }, { args: ['summary'] }])(
    'if it is a real one that is stopped, with $args',
    async ({ args }) => {
      const { pid } = await (await startOddAlone()).stop();
      const path = join(directory, 'odd.tsmap.gz');
      await tsmap(['record', String(pid), '-o', path, '--count', '1', '--force']);
      const live = await tsmap([...args, String(pid)]);
      const { stdout, stderr, status } = await tsmap([...args, '--from', path]);
      expect(timeless(stdout)).toBe(timeless(live.stdout));
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    },
  );
});

describe('a moment', () => {
  const path = join(directory, 'moments.tsmap');
  const samples = [tinySample(7, 0), tinySample(7, 10), tinySample(8, 10), tinySample(7, 20)];
  const text = samples.map((sample, index) => `${lineOf(sample, [4, 5, 5, 6][index])}\n`).join('');
  beforeAll(() => {
    writeFileSync(path, encodeHeader({ ...HEADER, detail: 'total' }).toString() + text);
  });
  const rssAt = async (...args: string[]) => {
    const { stdout, stderr, status } = await tsmap([
      ...['summary', '--format', 'ndjson', '--from', path, ...args],
    ]);
    const rows = stdout
      .toString()
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((row) => JSON.parse(row));
    return { rss: rows.map(({ pid, rss_bytes }) => `${pid}: ${rss_bytes / 1024}`), stderr, status };
  };

  test.each([
    [[], ['7: 4116']],
    [['--at', 'last'], ['7: 4116']],
    [['--at', 'first'], ['7: 4096']],
    [
      ['--at', '5'],
      ['7: 4106', '8: 4106'],
    ],
    [
      ['--at', '2026-11-22T10:00:15Z'],
      ['7: 4106', '8: 4106'],
    ],
    [['--at=2026-11-22T12:00:15+02:00'], ['7: 4106', '8: 4106']],
  ])('%j is chosen', async (args, rss) => {
    expect(await rssAt(...args)).toEqual({ rss, stderr: '', status: 0 });
  });

  test('that does not exist is an error', async () => {
    const stderr = `tsmap: ${path}: has no moment 7: it holds moments 4 to 6\n`;
    expect(await rssAt('--at', '7')).toEqual({ rss: [], stderr, status: 1 });
  });

  test('is also read from a pipe', async () => {
    const { stdout } = await tsmap(['summary', '--from', '-', '--at', 'first', '--json'], {
      input: encodeHeader(HEADER).toString() + text,
    });
    expect(JSON.parse(stdout.toString())).toMatchObject({
      taken_at: '2026-11-22T10:00:00.000Z',
      host: 'example',
      kernel: '6.18.0',
      processes: [{ pid: 7, rss_bytes: 4096 * 1024 }],
    });
  });

  test('before a cut line is shown, with a message and status 0', async () => {
    await inTemporaryDirectory(async (scratch) => {
      const cut = join(scratch, 'cut.tsmap');
      writeFileSync(cut, encodeHeader(HEADER).toString() + text.slice(0, -9));
      const { stdout, stderr, status } = await tsmap(['summary', '--from', cut, '--format', 'csv']);
      expect(stdout.toString().split('\n')).toHaveLength(4);
      expect(stderr).toBe(
        `tsmap: ${cut}: the last line (line 5) is cut off, as after a crash or a full disk; it was left out\n`,
      );
      expect(status).toBe(0);
    });
  });

  test.each<[string, string[], string]>([
    [
      'that is not a moment',
      ['-x', '--from', path, '--at', 'noon'],
      "--at: 'noon' is not a moment (first, last, a number from 1, 2026-11-22T10:00, 2026-11-22T10:00:05Z). Try 'tsmap --help'",
    ],
    [
      'without a recording',
      ['-x', '--at', 'last', '1'],
      "--at chooses a moment of a recording: add --from FILE. Try 'tsmap --help'",
    ],
    [
      'of a text of smaps',
      ['-x', '--from', 'fixtures/saved/sleep.smaps', '--at', 'last'],
      'fixtures/saved/sleep.smaps: is not a recording: expected a first line {"schema":"tsmap.recording/1", ...}',
    ],
    ['of no file', ['-x', '--from', 'none', '--at', 'last'], 'none: no such file'],
    [
      'that has no mappings',
      ['-x', '--from', path],
      `${path}: 7: was recorded by total, without its mappings: 'tsmap summary --from' shows what was recorded`,
    ],
    [
      'whose kinds were not recorded',
      ['summary', '--from', path, '--group-by', 'kind'],
      "--group-by kind needs mappings, but this was recorded with --by total. Try 'tsmap summary --help'",
    ],
  ])('%s is refused', async (_, args, message) => {
    const { stdout, stderr, status } = await tsmap(args);
    expect({ stdout: stdout.toString(), stderr, status }).toEqual({
      stdout: '',
      stderr: `tsmap: ${message}\n`,
      status: 1,
    });
  });
});

describe('a recording of sums', () => {
  const partsOf = ({ stdout }: { stdout: Buffer }) => stdout.toString().trimEnd().split('\n\n');
  const from = (path: string, ...args: string[]) => tsmap(['summary', ...args, '--from', path]);

  test('by kind has the figures and the kinds', async () => {
    const [figures, kinds] = partsOf(await summary(OWNED));
    const path = await recorded('--by', 'kind');
    expect(partsOf(await from(path))).toEqual([figures, kinds]);
    const live = await summary('--group-by', 'kind', OWNED);
    expect(partsOf(await from(path, '--group-by', 'kind'))).toEqual(partsOf(live));
  });

  test('by mapping has the figures and the files', async () => {
    const [figures, , files] = partsOf(await summary(OWNED));
    expect(partsOf(await from(await recorded('--by', 'mapping')))).toEqual([figures, files]);
  });

  test("by total has the kernel's totals", async () => {
    const live = await summary('--totals-only', OWNED);
    expect(partsOf(await from(await recorded('--by', 'total')))).toEqual(partsOf(live));
  });
});
