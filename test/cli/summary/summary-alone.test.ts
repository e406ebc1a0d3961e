import { describe, expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

async function summary(...args: readonly string[]): Promise<string> {
  const { stdout } = await tsmap(['summary', '--proc-root', FIXTURES, ...args]);
  return stdout.toString();
}

/** The heading of the table with a row for each process. */
const TABLE = /^ *PID User +RSS +PSS +USS +Swap Command\n/;
/** The heading of the report about a single process. */
const DETAIL = /^1001: .*\nFigure +KiB +Meaning\n/;

describe('the shape of a summary follows from what was asked, not from how many answered', () => {
  test('one process by number is shown in detail', async () => {
    expect(await summary('1001')).toMatch(DETAIL);
  });

  test('a number that is given twice is one process', async () => {
    expect(await summary('1001', '1001')).toBe(await summary('1001'));
  });

  test.each([
    { asked: 'two numbers, one of them gone', args: ['1001', '99999'] },
    { asked: 'two numbers, the first of them gone', args: ['99999', '1001'] },
    { asked: 'a name that one process has', args: ['--name', '^sleep$'] },
    { asked: 'a process with its children, of which it has none', args: ['--children', '1001'] },
  ])('$asked is a table', async ({ args }) => {
    const lines = (await summary(...args)).split('\n');
    expect(`${lines[0]}\n`).toMatch(TABLE);
    expect(lines[1]).toMatch(/^ *1001 /);
    expect(lines[2]).toMatch(/^ +- total /);
    expect(lines.slice(3)).toEqual(['']);
  });

  test.each([[['--group-by', 'mode']], [['--group-by', 'mapping', '--top', '3']]])(
    'groups of several are merged ones, even if one answered, with %j',
    async (options) => {
      const merged = await summary(...options, '1001', '99999');
      expect(merged).toMatch(/^Processes Mappings /);
      expect(await summary(...options, '99999', '1001', '99998')).toBe(merged);
      expect(await summary(...options, '1001')).toMatch(/^1001: .*\nMappings /);
    },
  );
});

test('each of several processes has its groups in JSON', async () => {
  const { processes } = JSON.parse(await summary('--json', '1001', '34751'));
  for (const [i, pid] of ['1001', '34751'].entries()) {
    const [alone] = JSON.parse(await summary('--json', pid)).processes;
    expect(alone.by_kind.length).toBeGreaterThan(3);
    expect(processes[i]).toEqual(alone);
  }
});
