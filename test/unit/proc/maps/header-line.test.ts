import { describe, expect, test } from 'vitest';
import { copyMapping } from '../../../../src/model/mapping.ts';
import { HeaderLine } from '../../../../src/proc/maps/header-line.ts';

function parse(text: string): { ok: boolean; line: HeaderLine } {
  const line = new HeaderLine();
  return { ok: line.parse(Buffer.from(`${text}\n`, 'latin1'), 0), line };
}

const GOOD: [string, object][] = [
  [
    '00400000-0040b000 r-xp 00001000 fe:02 1234      /bin/cat',
    {
      start: 0x400000,
      end: 0x40b000,
      perms: 'r-xp',
      offset: 0x1000,
      deviceMajor: 0xfe,
      deviceMinor: 2,
      inode: '1234',
      name: '/bin/cat',
      values: [],
    },
  ],
  [
    'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]',
    { start: Number(0xffffffffff600000n), end: Number(0xffffffffff601000n), name: '[vsyscall]' },
  ],
  ['0-1000 ---p 0 0:0 0', { start: 0, end: 4096, perms: '---p', offset: 0, inode: '0', name: '' }],
  [
    '1000-2000 rwxs ffff000000000 103:fffff 18446744073709551615 /x',
    {
      perms: 'rwxs',
      offset: 0xffff000000000,
      deviceMajor: 0x103,
      deviceMinor: 0xfffff,
      inode: '18446744073709551615',
    },
  ],
  ['1000-2000 rw-p 7ffffffffffff000 00:00 0 ', { offset: Number(0x7ffffffffffff000n), name: '' }],
  ['1000-2000 rw-p 0 00:00 0            ', { name: '' }],
  ['1000-2000 rw-p 0 00:00 0  /a  b\tc ', { name: '/a  b\tc ' }],
  ['1000-2000 rw-p 0 00:00 5 /tmp/x (deleted)', { name: '/tmp/x (deleted)' }],
  ['1000-2000 rw-p 0 00:00 5 /tmp/a\\012b', { name: '/tmp/a\\012b' }],
  ['1000-2000 rw-p 0 00:00 5 /\xff\xfe\xc3', { name: '/\xff\xfe\xc3' }],
  [
    '1000-2000 rw-p 0 00:00 5 /3000-4000 r-xp 0 00:00 0',
    { end: 0x2000, name: '/3000-4000 r-xp 0 00:00 0' },
  ],
  ['1000-2000 rw-p 0 00:00 5 Rss:   12 kB', { name: 'Rss:   12 kB' }],
];

const BAD = [
  '',
  ' ',
  'garbage',
  'Rss:          12 kB',
  '-2000 rw-p 0 00:00 0',
  '1000 rw-p 0 00:00 0',
  '1000-  rw-p 0 00:00 0',
  '1000-2000',
  '1000-2000 rw-',
  '1000-2000 rw-p',
  '1000-2000 rw-p  0 00:00 0',
  '1000-2000 rw-px 0 00:00 0',
  '1000-2000 rw-p 0 00.00 0',
  '1000-2000 rw-p 0 :00 0',
  '1000-2000 rw-p 0 00: 0',
  '1000-2000 rw-p 0 00:00',
  '1000-2000 rw-p 0 00:00 ',
  '1000-2000 rw-p 0 00:00 x',
  '1000-2000 rw-p 0 00:00 12x /a',
  '1000-2000 rw-p z 00:00 0',
  '1000-20g0 rw-p 0 00:00 0',
  'ABCD0000-ABCE0000 rw-p 0 00:00 0',
  '\x001000-2000 rw-p 0 00:00 0',
];

describe('the first line of a mapping', () => {
  test.each(GOOD)('is read: %s', (text, expected) => {
    const { ok, line } = parse(text);
    expect(ok).toBe(true);
    expect(copyMapping(line)).toMatchObject(expected);
  });

  test.each(BAD)('is refused: %j', (text) => {
    expect(parse(text).ok).toBe(false);
  });

  test.each([...GOOD.map(([text]) => text), ...BAD])(
    'ends at its newline, good or bad: %j',
    (text) => {
      expect(parse(text).line.eol).toBe(text.length);
    },
  );

  test('may be longer than any path', () => {
    const name = `/${'n'.repeat(5000)}`;
    expect(parse(`1000-2000 rw-p 0 00:00 5 ${name}`).line.name).toBe(name);
  });

  test('is read from the middle of a buffer, many by one instance', () => {
    const bytes = Buffer.from('1000-2000 rw-p 0 00:00 7 /a\n3000-4000 r--s 5000 1:2 8\n');
    const line = new HeaderLine();
    expect(line.parse(bytes, 0)).toBe(true);
    expect([line.name, line.inode, line.perms]).toEqual(['/a', '7', 'rw-p']);
    expect(line.parse(bytes, line.eol + 1)).toBe(true);
    expect([line.name, line.inode, line.perms]).toEqual(['', '8', 'r--s']);
    expect([line.start, line.end, line.offset]).toEqual([0x3000, 0x4000, 0x5000]);
  });

  test('stays in a copy when the reader moves on', () => {
    const bytes = Buffer.from('1000-2000 rw-p 0 00:00 7 /a\n3000-4000 r--s 5000 1:2 8 /b\n');
    const line = new HeaderLine();
    line.parse(bytes, 0);
    const copy = copyMapping(line);
    line.parse(bytes, line.eol + 1);
    expect([copy.start, copy.perms, copy.inode, copy.name]).toEqual([0x1000, 'rw-p', '7', '/a']);
  });
});
