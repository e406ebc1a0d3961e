import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { onlyWith } from '../../support/processes.ts';
import { FIXTURES, ROOT, tsmap } from '../../support/program.ts';
import { printedOnTerminal } from '../../support/system/script-terminal.ts';

/** UPDATE_GOLDEN=1 writes test/golden/tables again, after a deliberate change. */
const GOLDEN = join(ROOT, 'test/golden/tables');
const DEMO = ['--proc-root', FIXTURES, '34751'];
const hasScript = onlyWith('script', 'tables on a terminal');

const REPORTS: Readonly<Record<string, string[]>> = {
  summary: ['summary', ...DEMO],
  diff: ['diff', 'fixtures/saved/sleep.smaps', 'fixtures/proc/34751/smaps', '--top', '8'],
  kinds: ['--group-by', 'kind', ...DEMO],
  columns: [
    '--columns',
    'address,size,rss,pss,mode,mapping',
    '--sort',
    '-rss',
    '--top',
    '5',
    ...DEMO,
  ],
};

/** What the program writes to a terminal of this width. */
async function onTerminal(args: readonly string[], width: number, color: boolean): Promise<string> {
  const env = { TERM: 'xterm-256color', ...(color ? {} : { NO_COLOR: '1' }) };
  return printedOnTerminal(args, env, width);
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
const COLORS = /\x1b\[[0-9;]*m/g;
const isTable = (line: string) => line.startsWith(' ') || line.startsWith('─');

describe.skipIf(!hasScript).each([60, 80, 140])('a terminal of %d columns', (width) => {
  describe.each(Object.keys(REPORTS))('shows the report %s', (name) => {
    const args = REPORTS[name] ?? [];

    test.each([false, true])('as it was (coloured: %s)', async (color) => {
      const actual = await onTerminal(args, width, color);
      const path = join(GOLDEN, `${name}.${width}.${color ? 'color' : 'plain'}.txt`);
      if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(path, actual);
      expect(existsSync(path), `${path} is missing: UPDATE_GOLDEN=1 writes it`).toBe(true);
      expect(actual).toBe(readFileSync(path, 'utf8'));
    });

    test('with the same text in colour and without', async () => {
      const colored = await onTerminal(args, width, true);
      const plain = await onTerminal(args, width, false);
      expect(colored.replace(COLORS, '')).toBe(plain);
      expect(plain).not.toContain('\x1b');
    });

    test('within its width', async () => {
      const lines = (await onTerminal(args, width, false)).split('\n').filter(isTable);
      for (const line of lines)
        expect(stringWidth(line.trimEnd()), line).toBeLessThanOrEqual(width);
    });
  });
});

describe.skipIf(!hasScript)('hostile names on a terminal', () => {
  const args = ['--columns', 'address,rss,mapping,mode', '--proc-root', FIXTURES, '2009'];

  test('have no control characters and no bidi overrides', async () => {
    for (const each of [
      args,
      ['summary', ...args.slice(2)],
      ['--group-by', 'mapping', ...args.slice(2)],
    ]) {
      for (const width of [60, 140]) {
        const text = (await onTerminal(each, width, true)).replace(COLORS, '');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
        expect(text).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      }
    }
  });

  test('are aligned, wide characters too', async () => {
    const lines = (await onTerminal(args, 140, false)).split('\n').filter(isTable);
    expect(lines.some((line) => line.includes('漢字'))).toBe(true);
    const ends = lines.slice(2).map((line) => /^(.*?)(?=[r-][w-][x-][s-][R-] *$)/u.exec(line)?.[1]);
    const widths = ends.filter((end) => end !== undefined).map((end) => stringWidth(end));
    expect(widths.length).toBeGreaterThan(40);
    expect(new Set(widths).size).toBe(1);
  });
});

test.skipIf(!hasScript)('more than 200 rows are plain on a terminal', async () => {
  const args = ['--columns', 'address,rss,mapping', '--proc-root', FIXTURES, '1003'];
  const rows = readFileSync(join(ROOT, FIXTURES, '1003/maps'), 'latin1').split('\n').length - 1;
  const piped = (await tsmap(args)).stdout.toString();
  const shown = await onTerminal(args, 140, false);
  if (rows > 200) expect(shown).toBe(piped);
  else expect(shown).toContain('─');
});

test('through a pipe a table has columns that awk can split', async () => {
  const { stdout } = await tsmap([
    '--columns',
    'address,rss,pss,mode,kind',
    '--sort',
    '-rss',
    ...DEMO,
  ]);
  const [, ...lines] = stdout.toString().trimEnd().split('\n');
  for (const line of lines) expect(line.trim().split(/ +/)).toHaveLength(5);
  expect(stdout.toString()).not.toContain('\x1b');
});
