import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tsmap } from '../../support/program.ts';

let root = '';

/** Makes a process with these files in the proc root; a file that is there is replaced. */
function process(pid: number, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(root, String(pid)), { recursive: true });
  const stat = `${pid} (made) S 1${' 0'.repeat(48)}\n`;
  for (const [name, text] of Object.entries({ stat, ...files })) {
    writeFileSync(join(root, String(pid), name), text);
  }
}

const line = (range: string) => `${range} rw-p 00000000 00:00 0 \n`;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tsmap-hostile-'));
  process(1, { maps: line('400000-401000'), smaps: `${line('400000-401000')}Rss: 4 kB\n` });
  process(2, { maps: line(`400000-${'f'.repeat(300)}`) });
  process(3, { smaps: `${line('400000-401000')}Rss: ${'9'.repeat(400)} kB\nSwap: 0 kB\n` });
  process(4, { maps: line('400000-401000'), cmdline: 'a\0'.repeat(20_000_000) });
  process(5, { maps: line('400000-401000'), cmdline: 'x\0' });
});

afterAll(() => rmSync(root, { recursive: true }));

const run = (...args: string[]) => tsmap(['--proc-root', root, ...args]);

describe('text that a kernel never prints', () => {
  test.each([[[]], [['-x']], [['-d']], [['-X']], [['-A', '1,2']]])(
    'an address of 300 digits is reported and skipped with %j',
    async (options) => {
      process(2, { smaps: line(`400000-${'f'.repeat(300)}`) });
      const { stdout, stderr, status } = await run(...options, '2');
      expect(stderr).toMatch(/^tsmap: 2: \S+, line 1: expected 'start-end [^\n]*\n$/);
      expect(stdout.includes(0)).toBe(false);
      expect(status).toBe(1);
    },
  );

  test.each([['-x'], ['-X']])('a number of 400 digits counts as 2^64 with %s', async (option) => {
    const { stdout, status } = await run(option, '3');
    expect(stdout.toString()).toContain(' 18446744073709551616 ');
    expect(stdout.includes(0)).toBe(false);
    expect(status).toBe(0);
  });

  test('a command line of 40 MB is cut and does not stop the report', async () => {
    const { stdout, status } = await run('-q', '4', '1');
    const lines = stdout.toString().split('\n');
    expect(lines[0]).toHaveLength('4:   '.length + 8 * 1024 * 1024 - 1);
    expect(lines[2]).toBe('1:   [made]');
    expect(status).toBe(0);
  });

  test('a copy without status is still a process', async () => {
    const { stdout, status } = await run('-q', '5');
    expect(stdout.toString()).toBe('5:   x\n0000000000400000      4K rw---    [ anon ]\n');
    expect(status).toBe(0);
  });
});

describe('a proc root that cannot be read', () => {
  test.each([
    ['a loop of links', () => symlinkSync('loop', join(root, 'loop')), 'loop', 'ELOOP'],
    ['a name of 5,000 bytes', () => undefined, 'x'.repeat(5000), 'ENAMETOOLONG'],
  ])('%s is reported in one line', async (_, make, name, errno) => {
    make();
    const { stdout, stderr, status } = await tsmap(['--proc-root', join(root, name), '1']);
    expect(stderr).toMatch(
      new RegExp(`^tsmap: --proc-root: [^\\n]* cannot be read: ${errno}[^\\n]*\\n$`),
    );
    expect(stdout.toString()).toBe('');
    expect(status).toBe(1);
  });
});
