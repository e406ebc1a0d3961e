import { expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';
import { temporaryFiles } from '../../support/text/smaps-lines.ts';

const file = temporaryFiles();

test('a smaps that has only Pss is shown with zeros by -x, and that is said', async () => {
  const live = await tsmap(['-x', '--proc-root', FIXTURES, '2018']);
  expect(live.stdout.toString()).toMatch(/^total kB +9420 +0 +0$/m);
  const said = 'smaps has no Rss, Shared_Dirty, Private_Dirty here: shown as 0';
  expect(live).toMatchObject({ stderr: `tsmap: 2018: ${said}\n`, status: 0 });
  const path = file('wsl1', '1000-2000 rw-p 0 0:0 0 \nSize: 4 kB\nPss: 4 kB\n');
  const saved = await tsmap(['-x', '--from', path]);
  expect(saved).toMatchObject({ stderr: `tsmap: ${path}: ${said}\n`, status: 0 });
});

test('tables of tsmap show what is absent as -, also in totals', async () => {
  const { stdout, stderr } = await tsmap([
    '--columns',
    'size,rss,pss',
    '--proc-root',
    FIXTURES,
    '2018',
  ]);
  expect(stdout.toString()).toMatch(/^ *9420 +- +\d+ *$/m);
  expect(stderr).toBe('');
});

test('nothing is said about a kernel that prints the fields, or a process without memory', async () => {
  for (const pid of ['1001', '2001', '2011']) {
    expect((await tsmap(['-x', '--proc-root', FIXTURES, pid])).stderr).toBe('');
  }
});
