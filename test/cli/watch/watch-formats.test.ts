import { describe, expect, test } from 'vitest';
import { onlyWith } from '../../support/processes.ts';
import { commandFor, FIXTURES, runCommand, tsmap } from '../../support/program.ts';
import { watchRows } from '../../support/verbs/watch-rows.ts';

describe('the output of a watch', () => {
  const AT = ['watch', '--proc-root', FIXTURES, '--interval', '500ms', '--count', '2'];

  test('has plain rows that awk can split, below one heading', async () => {
    const { stdout } = await tsmap([...AT, '1001', '1002']);
    const lines = stdout.toString().trimEnd().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]?.trim().split(/ +/)).toHaveLength(11);
    expect(lines.slice(1, 5).map((line) => line.trim().split(/ +/).slice(1))).toEqual([
      ['1001', '1484', '-', '232', '-', '96', '-', '0', '-', 'sleep'],
      ['1002', '7632', '-', '5897', '-', '5580', '-', '0', '-', 'python3'],
      ['1001', '1484', '0', '232', '0', '96', '0', '0', '0', 'sleep'],
      ['1002', '7632', '0', '5897', '0', '5580', '0', '0', '0', 'python3'],
    ]);
    expect(lines.slice(5).map((line) => line.slice(0, 2))).toEqual(['# ', '# ']);
  });

  test('is the rows alone with --quiet', async () => {
    const { stdout } = await tsmap([...AT, '-q', '1001']);
    expect(stdout.toString().match(/^\d\d:.*$/gm)).toHaveLength(2);
    expect(stdout.toString().split('\n')).toHaveLength(3);
  });

  test.each([
    { options: ['--bytes'], size: '1519616' },
    { options: ['--human'], size: '1.4 MiB' },
  ])('has sizes as $options says', async ({ options, size }) => {
    const { stdout } = await tsmap([...AT, ...options, '1001']);
    expect(stdout.toString()).toContain(` ${size} `);
  });

  test('has times in JSON, sizes in bytes, and changes from the second row on', async () => {
    const { stdout } = await tsmap([...AT, '--json', '1001']);
    const [first, second, last] = watchRows(stdout.toString());
    const sizes = { rss_bytes: 1_519_616, pss_bytes: 237_568, uss_bytes: 98_304, swap_bytes: 0 };
    const taken_at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(first).toEqual({
      event: 'reading',
      taken_at,
      pid: 1001,
      comm: 'sleep',
      command: '/usr/bin/sleep 600',
      ...sizes,
      missed_ticks: 0,
    });
    expect(second).toMatchObject({ ...sizes, rss_change_bytes: 0, swap_change_bytes: 0 });
    expect(last).toMatchObject({ event: 'stopped', readings: 2, rss_peak_bytes: 1_519_616 });
  });

  test('has one heading and the readings in CSV and TSV', async () => {
    const who = ['pid', 'comm', 'comm_base64', 'command', 'command_base64'];
    const sizes = ['rss', 'pss', 'uss', 'swap'].map((id) => `${id}_bytes`);
    const changes = ['rss', 'pss', 'uss', 'swap'].map((id) => `${id}_change_bytes`);
    const names = ['event', 'taken_at', ...who, ...sizes, ...changes, 'missed_ticks'];
    for (const [format, delimiter] of [
      ['csv', ','],
      ['tsv', '\t'],
    ] as const) {
      const { stdout } = await tsmap([...AT, '--format', format, '1001']);
      const [heading, first, second, ...rest] = stdout.toString().trimEnd().split('\n');
      expect(heading).toBe(names.join(delimiter));
      const sleep = ['1001', 'sleep', '', '/usr/bin/sleep 600', ''];
      const values = [...sleep, '1519616', '237568', '98304', '0'];
      expect(first?.split(delimiter).slice(2)).toEqual([...values, '', '', '', '', '0']);
      // The last column counts missed ticks: on a busy machine there may be some.
      expect(second?.split(delimiter).slice(2, -1)).toEqual([...values, '0', '0', '0', '0']);
      expect(second?.split(delimiter).at(-1)).toMatch(/^\d+$/);
      expect(rest).toEqual([]);
    }
  });

  test.runIf(onlyWith('jq', 'a watch read by jq'))(
    'can be read by jq, one object a line',
    async () => {
      const args = commandFor([...AT, '--json', '1001', '1002']);
      const filter = 'select(.event == "reading") | [.pid, .rss_bytes, .rss_change_bytes]';
      const script = `"$@" | jq -c '${filter}'`;
      const { stdout } = await runCommand(['sh', '-c', script, 'sh', ...args]);
      expect(stdout.toString()).toBe(
        '[1001,1519616,null]\n[1002,7815168,null]\n[1001,1519616,0]\n[1002,7815168,0]\n',
      );
    },
  );
});
