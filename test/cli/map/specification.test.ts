import { describe, expect, test } from 'vitest';
import { FIXTURES, tsmap } from '../../support/program.ts';

// Both samples of the specification, all their lines; `...` stands for rows that it leaves out.
const DEFAULT_SAMPLE = `\
34751:   /usr/local/python/bin/python /opt/demo/bin/demo-server --config-file=/etc/demo.conf --log-config=/etc/demo-log.conf
0000000000400000      4K r-x--  /usr/local/python/bin/python2.7
0000000000600000      4K rw---  /usr/local/python/bin/python2.7
0000000000601000  10096K rw---    [ anon ]
0000000041826000      4K -----    [ anon ]
...
00007fff4bab8000     84K rw---    [ stack ]
00007fff4bb42000      4K r-x--    [ anon ]
ffffffffff600000      4K r-x--    [ anon ]
 total           192320K
`;

const EXTENDED_SAMPLE = `\
34751:   /usr/local/python/bin/python /opt/demo/bin/demo-server --config-file=/etc/demo.conf --log-config=/etc/demo-log.conf
Address           Kbytes     RSS   Dirty Mode   Mapping
0000000000400000       4       4       0 r-x--  python2.7
0000000000600000       4       4       4 rw---  python2.7
0000000000601000   10096    9964    9964 rw---    [ anon ]
...
00007fff4bb42000       4       4       0 r-x--    [ anon ]
ffffffffff600000       4       0       0 r-x--    [ anon ]
----------------  ------  ------  ------
total kB          192320   16360   12512
`;

const report = async (...options: string[]) => {
  const { stdout, stderr, status } = await tsmap([...options, '--proc-root', FIXTURES, '34751']);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.toString();
};

describe.each([
  { name: 'default', options: [], sample: DEFAULT_SAMPLE },
  { name: 'extended', options: ['-x'], sample: EXTENDED_SAMPLE },
])("the specification's $name sample", ({ options, sample }) => {
  const [head = '', tail = ''] = sample.split('...\n');

  test('begins and ends the report, character for character', async () => {
    const output = await report(...options);
    expect(output.slice(0, head.length)).toBe(head);
    expect(output.slice(-tail.length)).toBe(tail);
  });

  test.each(sample.split('\n').filter((line) => line !== '...' && line !== ''))(
    'has the line %s',
    async (line) => {
      expect((await report(...options)).split('\n')).toContain(line);
    },
  );
});

test('the printed totals are the sums of the printed rows', async () => {
  const rows = (await report('-x', '-q')).trim().split('\n').slice(1);
  const sum = (column: number) =>
    rows.reduce((total, row) => total + Number(row.split(/\s+/)[column]), 0);
  expect([sum(1), sum(2), sum(3)]).toEqual([192320, 16360, 12512]);
});
