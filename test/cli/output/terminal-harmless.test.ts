import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORMATS as MACHINE_FORMATS } from '../../../src/format/machine/formats.ts';
import { writeProcess } from '../../support/proc/fake-process.ts';
import { onlyWith } from '../../support/processes.ts';
import { tsmap } from '../../support/program.ts';
import { printedOnTerminal } from '../../support/system/script-terminal.ts';

/**
 * ESC and a sequence, carriage return, DEL, C1 (CSI in UTF-8), and a character that reorders a
 * line.
 */
const EVIL = '\x1b[31mX\r\x7f\u009b2J\u202e;"';
const PID = '7';
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tsmap-evil-'));
  const process = { pid: Number(PID), comm: EVIL, startTimeTicks: 5, rssKib: 40 };
  writeProcess(root, process);
  const smaps = `400000-500000 rw-p 00000000 00:00 0  /tmp/${EVIL}\nSize: 1024 kB\nRss: 40 kB\nPss: 40 kB\n`;
  writeFileSync(join(root, PID, 'smaps'), smaps);
  writeFileSync(join(root, PID, 'maps'), `${smaps.split('\n', 1)[0]}\n`);
  writeFileSync(join(root, PID, 'status'), `Name:\t${EVIL}\nUid:\t0\t0\t0\t0\n`);
  writeFileSync(
    join(root, 'before'),
    '400000-401000 r--p 00000000 00:00 0\nSize: 4 kB\nRss: 4 kB\n',
  );
});
afterAll(() => rmSync(root, { recursive: true }));

/** Arguments without format and process; BEFORE stands for a saved smaps. */
const VERBS: readonly (readonly string[])[] = [
  [],
  ['--group-by', 'mapping'],
  ['summary'],
  ['summary', '--totals-only'],
  ['check', '--max-rss', '1'],
  ['check', '--max-rss', '1', '--format', 'nagios'],
  ['watch', '--count', '1', '--plain'],
  ['watch', '--count', '1', '--by', 'mapping', '--plain'],
  ['diff', 'BEFORE'],
];
const FORMATS = ['text', ...Object.keys(MACHINE_FORMATS)];
const CASES = VERBS.flatMap((words) =>
  (words.includes('nagios') ? [[]] : FORMATS.map((format) => ['--format', format])).map(
    (format) => {
      // Formats for programs are written as they are, on a terminal too.
      const own = words.filter((word) => word !== '--plain' || format[1] === 'text');
      return [[...own, ...format].join(' '), [...own, ...format]] as const;
    },
  ),
);

const hasScript = onlyWith('script', 'names on a terminal');

describe.runIf(hasScript)('a name has no control characters on a terminal', () => {
  test.each(CASES)('tsmap %s', async (_, words) => {
    const file = join(root, 'before');
    const named = words.map((word) => (word === 'BEFORE' ? file : word));
    const args = [...named, '--proc-root', root, PID];
    const text = await printedOnTerminal(args, { TERM: 'xterm', NO_COLOR: '1' });
    expect(text).not.toContain('tsmap: 7: ');
    expect(text).toContain('31mX');
    expect(text.match(/[^\n\t\P{Cc}]|\u202e/gu)).toBe(null);
  });
});

test('a name in CSV is unchanged', async () => {
  const { stdout } = await tsmap(['summary', '--format', 'csv', '--proc-root', root, PID]);
  expect(stdout.toString()).toContain(EVIL.replaceAll('"', '""'));
});
