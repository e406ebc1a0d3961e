import { describe, expect, test } from 'vitest';
import { FIXTURES } from '../../support/program.ts';
import { otherProgram } from '../../support/reports.ts';
import { diff, writeDiffSides } from '../../support/verbs/diff-sides.ts';

const { BEFORE, AFTER } = writeDiffSides();

describe('for programs', () => {
  const HEAP = {
    status: 'grew',
    start_before: '00a00000',
    start_after: '00a00000',
    perms: 'rw-p',
    kind: 'heap',
    name: '[heap]',
    rss_before_bytes: 262144,
    rss_after_bytes: 4194304,
    rss_change_bytes: 3932160,
  };

  test('json has rows, hidden rows and totals', async () => {
    const { stdout } = await diff('--json', '--columns', 'rss', '--top', '1', BEFORE, AFTER);
    const { taken_at, ...document } = JSON.parse(stdout);
    expect(Date.parse(taken_at)).toBeGreaterThan(0);
    expect(document).toEqual({
      schema: 'tsmap.diff/1',
      processes: [
        {
          before: { source: BEFORE },
          after: { source: AFTER },
          rows_are_by: 'address',
          rows: [HEAP],
          more_rows: {
            count: 5,
            rss_before_bytes: 1104 * 1024,
            rss_after_bytes: 3072 * 1024,
            rss_change_bytes: 1968 * 1024,
          },
          unchanged_rows: 1,
          totals: {
            rss_before_bytes: 1364 * 1024,
            rss_after_bytes: 7172 * 1024,
            rss_change_bytes: 5808 * 1024,
          },
        },
      ],
      only_before: [],
      only_after: [],
      problems: [],
    });
  });

  test('json identifies the processes', async () => {
    const args = ['--json', '--proc-root', FIXTURES, '--columns', 'rss', '1001', '1003'];
    const { processes } = JSON.parse((await diff(...args)).stdout);
    expect(processes).toHaveLength(1);
    expect(processes[0]).toMatchObject({
      before: { source: '1001', pid: 1001, comm: 'sleep' },
      after: { source: '1003', pid: 1003 },
      same_process: false,
    });
  });

  test('ndjson has a row on each line, and names that are not UTF-8 in base64', async () => {
    const { stdout } = await diff('--format', 'ndjson', '--columns', 'rss', BEFORE, AFTER);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows[0]).toEqual({ pid: 0, ...HEAP });
    expect(rows[4]).toEqual({
      pid: 0,
      status: 'appeared',
      start_after: '7f0030000000',
      perms: 'r--p',
      kind: 'read-only-data',
      name: '/data/n\ufffdw\x1b[31m',
      name_base64: Buffer.from('/data/n\xffw\x1b[31m', 'latin1').toString('base64'),
      rss_before_bytes: 0,
      rss_after_bytes: 4096,
      rss_change_bytes: 4096,
    });
    expect(rows).toHaveLength(6);
  });

  test.each([
    ['csv', ','],
    ['tsv', '\t'],
  ])('%s is read by other programs', async (format, delimiter) => {
    const args = ['--format', format, '--group-by', 'mapping', '--columns', 'rss,mappings'];
    const { stdout } = await diff(...args, BEFORE, AFTER);
    const script = `import csv, json, sys
print(json.dumps(list(csv.DictReader(sys.stdin, delimiter=sys.argv[1]))))`;
    const rows = otherProgram(['python3', '-c', script, delimiter], stdout);
    if (rows === undefined) return;
    expect((rows as unknown[])[0]).toEqual({
      pid: '0',
      status: 'grew',
      name: '[heap]',
      name_base64: '',
      rss_before_bytes: '262144',
      rss_after_bytes: '4194304',
      rss_change_bytes: '3932160',
      mappings_before: '1',
      mappings_after: '1',
      mappings_change: '0',
    });
    expect(rows).toHaveLength(5);
  });
});
