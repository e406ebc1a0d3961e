import { describe, expect, test } from 'vitest';
import { KindClassifier } from '../../../src/aggregate/kinds.ts';
import { slotOf } from '../../../src/model/fields.ts';
import type { Mapping } from '../../../src/model/mapping.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const ARENA = 64 * MIB;

type Row = readonly [size: number, perms: string, name?: string];

/** Adjacent mappings; a row with the permissions 'gap' is a hole. */
function place(first: number, rows: readonly Row[]): Mapping[] {
  let start = first;
  return rows.flatMap(([size, perms, name = '']) => {
    const end = start + size;
    const rest = { offset: 0, deviceMajor: 8, deviceMinor: 1, inode: '77', values: [] };
    const made = perms === 'gap' ? [] : [{ start, end, perms, name, ...rest }];
    start = end;
    return made;
  });
}

function kinds(rows: readonly Row[], { first = 0x7f0000001000, startStack = 0 } = {}): string[] {
  const classifier = new KindClassifier(startStack);
  return place(first, rows).map((mapping) => {
    const { kind, owner } = classifier.classify(mapping);
    return `${kind} ${owner}`;
  });
}

function kindOf(name: string, perms = 'rw-p', values: Mapping['values'] = []): string {
  const [mapping] = place(4096, [[4096, perms, name]]);
  return new KindClassifier(0).classify({ ...(mapping as Mapping), values }).kind;
}

describe('by its name', () => {
  test.each([
    ['[heap]', 'heap'],
    ['[anon:libc_malloc]', 'heap'],
    ['[anon:scudo:primary]', 'heap'],
    ['[anon: glibc: malloc arena]', 'heap'],
    ['[anon: glibc: malloc]', 'heap'],
    ['[anon: glibc: loader malloc]', 'heap'],
    ['[stack]', 'stack'],
    ['[stack:1234]', 'thread-stack'],
    ['[anon:stack_and_tls:77]', 'thread-stack'],
    ['[anon: glibc: pthread stack: 9]', 'thread-stack'],
    ['[anon:.bss]', 'bss'],
    ['[anon:dalvik-main space (region space)]', 'named-anonymous'],
    ['[anon:libc_malloc_x]', 'named-anonymous'],
    ['[anon:]', 'named-anonymous'],
    ['[anon:x (deleted)', 'named-anonymous'],
    ['[anon_shmem:ring]', 'shared-memory'],
    ['[vdso]', 'kernel'],
    ['[vvar]', 'kernel'],
    ['[vvar_vclock]', 'kernel'],
    ['[vsyscall]', 'kernel'],
    ['[vectors]', 'kernel'],
    ['[sigpage]', 'kernel'],
    ['[uprobes]', 'kernel'],
    ['[not known yet]', 'kernel'],
    ['/memfd:a/x (deleted)', 'shared-memory'],
    ['/dev/shm/pool', 'shared-memory'],
    ['/dev/shm/pool (deleted)', 'shared-memory'],
    ['/SYSV0000abcd (deleted)', 'shared-memory'],
    ['/SYSVfile', 'data'],
    ['/tmp/SYSV00000001', 'data'],
    ['/dev/zero', 'shared-memory'],
    ['/dev/zero (deleted)', 'shared-memory'],
    ['/dev/zero2', 'device'],
    ['/dev/ashmem/gralloc (deleted)', 'shared-memory'],
    ['/anon_hugepage (deleted)', 'huge-pages'],
    ['/dev/hugepages/x', 'huge-pages'],
    ['/dev/dri/renderD128', 'device'],
    ['/dev/nvidia0 (deleted)', 'device'],
    ['/dri/card0', 'device'],
    ['anon_inode:[eventpoll]', 'device'],
    ['anon_inode:[perf_event]', 'device'],
    ['socket:[1234]', 'device'],
    ['/[aio] (deleted)', 'device'],
    ['/tmp/gone (deleted)', 'deleted'],
    ['/tmp/gone (deleted) not', 'data'],
    ['(unreachable)/file', 'data'],
    ['/x/[heap]', 'data'],
    ['/__proto__', 'data'],
    ['', 'anonymous'],
  ])('%j is %s', (name, kind) => expect(kindOf(name)).toBe(kind));

  test.each([
    ['r-xp', 'code'],
    ['rwxp', 'code'],
    ['r--p', 'read-only-data'],
    ['---p', 'read-only-data'],
    ['r--s', 'read-only-data'],
    ['rw-p', 'data'],
    ['rw-s', 'data'],
    ['-w-p', 'data'],
  ])('a file with %s is %s', (perms, kind) => expect(kindOf('/lib/a.so', perms)).toBe(kind));
});

describe('huge pages', () => {
  const values = (fields: Partial<Record<keyof typeof slotOf, number | string>>) => {
    const list: (number | string | undefined)[] = [];
    for (const [name, value] of Object.entries(fields)) {
      list[slotOf[name as keyof typeof slotOf]] = value;
    }
    return list;
  };

  test.each([
    ['the flag', { VmFlags: 'rd wr ht sd' }, 'huge-pages'],
    ['the flag at the end', { VmFlags: 'rd ht' }, 'huge-pages'],
    ['no flag', { VmFlags: 'rd hg nh', Private_Hugetlb: 2048 }, 'anonymous'],
    ['private ones, flags unknown', { Private_Hugetlb: 2048 }, 'huge-pages'],
    ['shared ones, flags unknown', { Shared_Hugetlb: 2048 }, 'huge-pages'],
    ['none', { Shared_Hugetlb: 0, Private_Hugetlb: 0 }, 'anonymous'],
  ])('%s', (_, fields, kind) => expect(kindOf('', 'rw-p', values(fields))).toBe(kind));

  test('count before the name', () => {
    expect(kindOf('/memfd:x (deleted)', 'rw-s', values({ VmFlags: 'ht' }))).toBe('huge-pages');
  });
});

describe('bss', () => {
  const LIB: readonly Row[] = [
    [4096, 'r--p', '/lib/a.so'],
    [4096, 'r-xp', '/lib/a.so'],
    [4096, 'r--p', '/lib/a.so'],
  ];

  test('is what directly follows the data of a library', () => {
    const rows: Row[] = [...LIB, [4096, 'rw-p', '/lib/a.so'], [4096, 'rw-p'], [4096, 'rwxp']];
    expect(kinds(rows).slice(3)).toEqual([
      'data /lib/a.so',
      'bss /lib/a.so [bss]',
      'anonymous [anon]',
    ]);
  });

  test('may follow data that was made read-only after relocation', () => {
    expect(kinds([...LIB, [4096, 'rw-p']]).at(-1)).toBe('bss /lib/a.so [bss]');
  });

  test('keeps the mark of a deleted library', () => {
    const rows: Row[] = [
      [4096, 'rw-p', '/lib/a.so (deleted)'],
      [4096, 'rw-p'],
    ];
    expect(kinds(rows)).toEqual(['deleted /lib/a.so (deleted)', 'bss /lib/a.so (deleted) [bss]']);
  });

  test.each<[string, readonly Row[]]>([
    ['a gap', [...LIB, [4096, 'gap'], [4096, 'rw-p']]],
    [
      'a file that is only read',
      [
        [4096, 'r--p', '/locale-archive'],
        [4096, 'rw-p'],
      ],
    ],
    ['code of another file', [...LIB, [4096, 'r--p', '/locale-archive'], [4096, 'rw-p']]],
    [
      'a shared file',
      [
        [4096, 'rw-s', '/data'],
        [4096, 'rw-p'],
      ],
    ],
    [
      'a memfd',
      [
        [4096, 'rw-p', '/memfd:x (deleted)'],
        [4096, 'rw-p'],
      ],
    ],
    [
      '[heap]',
      [
        [4096, 'rw-p', '[heap]'],
        [4096, 'rw-p'],
      ],
    ],
  ])('is not what follows %s', (_, rows) => {
    expect(kinds(rows).at(-1)).toBe('anonymous [anon]');
  });

  test.each(['r--p', '---p', 'rw-s'])('is not %s', (perms) => {
    const rows: Row[] = [
      [4096, 'rw-p', '/lib/a.so'],
      [4096, perms],
    ];
    expect(kinds(rows).at(-1)).toBe('anonymous [anon]');
  });
});

describe('the stack of a thread', () => {
  const GUARD: Row = [4 * KIB, '---p'];
  const STACK: Row = [8 * MIB, 'rw-p'];
  const [ANON, THREAD] = ['anonymous [anon]', 'thread-stack [anon]'];

  test('lies right above its guard, thread by thread', () => {
    expect(kinds([GUARD, STACK, GUARD, STACK])).toEqual([ANON, THREAD, ANON, THREAD]);
  });

  test.each<[string, readonly Row[]]>([
    ['without a guard', [STACK]],
    ['behind a gap', [GUARD, [4096, 'gap'], STACK]],
    ['of less than 16 KiB', [GUARD, [12 * KIB, 'rw-p']]],
    ['with code in it', [GUARD, [8 * MIB, 'rwxp']]],
    ['shared', [GUARD, [8 * MIB, 'rw-s']]],
    ['above more than 1 MiB of guard', [[MIB + 4096, '---p'], STACK]],
    [
      'smaller than its guard',
      [
        [496 * KIB, '---p'],
        [24 * KIB, 'rw-p'],
      ],
    ],
    ['above a hole in a library', [[4096, '---p', '/lib/a.so'], STACK]],
  ])('is not recognized %s', (_, rows) => expect(kinds(rows).at(-1)).not.toContain('thread-stack'));

  test('is at least 16 KiB, its guard at most 1 MiB', () => {
    expect(kinds([GUARD, [16 * KIB, 'rw-p']])).toEqual([ANON, THREAD]);
    expect(kinds([[MIB, '---p'], STACK])).toEqual([ANON, THREAD]);
  });

  test('is not an arena of malloc above a nearly full one', () => {
    const rows: Row[] = [
      [ARENA - 92 * KIB, 'rw-p'],
      [92 * KIB, '---p'],
      [132 * KIB, 'rw-p'],
      [ARENA - 132 * KIB, '---p'],
    ];
    expect(kinds(rows, { first: 100 * ARENA })).toEqual([ANON, ANON, ANON, ANON]);
  });

  test('is not an arena above a reservation of another kind', () => {
    const rows: Row[] = [
      [184 * KIB, '---p'],
      [132 * KIB, 'rw-p'],
      [ARENA - 132 * KIB, '---p'],
    ];
    expect(kinds(rows, { first: 100 * ARENA - 184 * KIB })).toEqual([ANON, ANON, ANON]);
  });

  test.each([132 * KIB, ARENA, ARENA + 132 * KIB])(
    'is found above an arena with %d bytes in use, whose rest the kernel merged with the guard',
    (used) => {
      const rest = Math.ceil(used / ARENA) * ARENA - used;
      const rows: Row[] = [[used, 'rw-p'], [rest + 4 * KIB, '---p'], STACK];
      expect(kinds(rows, { first: 100 * ARENA })).toEqual([ANON, ANON, THREAD]);
    },
  );
});

describe('the first stack', () => {
  const rows: Row[] = [
    [4096, '---p'],
    [132 * KIB, 'rw-p'],
  ];

  test('is where the process started, with or without a name', () => {
    const startStack = 0x7f0000001000 + 8192;
    expect(kinds(rows, { startStack }).at(-1)).toBe('stack [stack]');
  });

  test('is not found if the kernel hides the address', () => {
    expect(kinds([[4096, 'rw-p']], { first: 0 })).toEqual(['anonymous [anon]']);
  });
});
