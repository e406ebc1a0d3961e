import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, ROOT, tsmap } from '../../support/program.ts';

/**
 * What the program prints about every fixture, in every layout, kept in test/golden. After a
 * deliberate change: UPDATE_GOLDEN=1 npx vitest run --config test/vitest.config.ts
 * test/cli/map/golden
 */
const REPORTS = [[], ['-x'], ['-d']];
const LAYOUTS = ['classic', 'procps'];
const GOLDEN = join(ROOT, 'test/golden');
/** Longer lines are kept as their beginning, length and digest. */
const LONGEST_LINE = 400;

const fixtures = readdirSync(join(ROOT, FIXTURES)).sort((a, b) => Number(a) - Number(b));

function shorten(line: string): string {
  if (line.length <= LONGEST_LINE) return line;
  const digest = createHash('sha256').update(line).digest('hex').slice(0, 16);
  return `${line.slice(0, LONGEST_LINE / 2)}... ${line.length} characters, sha256 ${digest}`;
}

async function section(layout: string, options: string[], fixture: string): Promise<string> {
  const args = ['--layout', layout, ...options, '--proc-root', FIXTURES, fixture];
  const { stdout, stderr, status } = await tsmap(args);
  const messages = stderr.replace(/^(?=.)/gm, '! ');
  const text = `$ tsmap ${args.join(' ')}\n${stdout}${messages}= ${status}\n`;
  return text.split('\n').map(shorten).join('\n');
}

describe.each(LAYOUTS)('the %s layout', (layout) => {
  test.each(fixtures)('of %s is as it was', async (fixture) => {
    const sections = await Promise.all(REPORTS.map((options) => section(layout, options, fixture)));
    const actual = sections.join('\n');
    const path = join(GOLDEN, `${fixture}.${layout}.txt`);
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(path, actual);
    expect(existsSync(path), `${path} is missing: UPDATE_GOLDEN=1 writes it`).toBe(true);
    expect(actual).toBe(readFileSync(path, 'utf8'));
  });
});

test('no golden file is left over from a fixture that is gone', () => {
  const expected = fixtures.flatMap((name) => LAYOUTS.map((layout) => `${name}.${layout}.txt`));
  const files = readdirSync(GOLDEN).filter((name) => name.endsWith('.txt'));
  expect(files.sort()).toEqual(expected.sort());
});
