import { describe, expect, test } from 'vitest';
import { KindClassifier } from '../../../../src/aggregate/kinds/classifier.ts';
import { slotOf } from '../../../../src/model/fields.ts';
import type { Mapping } from '../../../../src/model/mapping.ts';
import { adjacentMappings, type Row } from '../../../support/adjacent-mappings.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const ARENA = 64 * MIB;

function kinds(rows: readonly Row[], { first = 0x7f0000001000, startStack = 0 } = {}): string[] {
  const classifier = new KindClassifier({ startStack });
  return adjacentMappings(first, rows).map((mapping) => {
    const { kind, owner } = classifier.classify(mapping);
    return `${kind} ${owner}`;
  });
}

function kindOf(name: string, perms = 'rw-p', values: Mapping['values'] = []): string {
  const [mapping] = adjacentMappings(4096, [[4096, perms, name]]);
  return new KindClassifier({ startStack: 0 }).classify({ ...(mapping as Mapping), values }).kind;
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
    ['[anon:dalvik-main space (region space)]', 'heap'],
    ['[anon:dalvik-jit-code-cache]', 'named-anonymous'],
    ['[anon:mimalloc]', 'heap'],
    ['[anon:mimallocator]', 'named-anonymous'],
    ['[anon: Go: heap]', 'heap'],
    ['[anon: Go: gc bits]', 'heap'],
    ['[anon:cpython:pymalloc]', 'heap'],
    ['[anon:absl]', 'heap'],
    ['[anon: glibc: .bss /usr/lib/libc.so.6]', 'bss'],
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
    ['/memfd:a/x (deleted)', 'anonymous'],
    ['/dev/shm/pool', 'data'],
    ['/dev/shm/pool (deleted)', 'deleted'],
    ['/SYSV0000abcd (deleted)', 'shared-memory'],
    ['/SYSVfile', 'data'],
    ['/tmp/SYSV00000001', 'data'],
    ['/dev/zero', 'anonymous'],
    ['/dev/zero (deleted)', 'anonymous'],
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
    ['/memfd:a/x (deleted)', 'shared-memory'],
    ['/dev/shm/pool', 'shared-memory'],
    ['/dev/shm/pool (deleted)', 'shared-memory'],
    ['/dev/zero (deleted)', 'shared-memory'],
    ['/SYSV0000abcd (deleted)', 'shared-memory'],
  ])('%j, shared, is %s', (name, kind) => expect(kindOf(name, 'rw-s')).toBe(kind));

  test.each(['/i915 (deleted)', '/drm mm object (deleted)', '/dmabuf:camera'])(
    '%s is a device only on a mount of the kernel’s own',
    (name) => {
      const [mapping] = adjacentMappings(4096, [[4096, 'rw-s', name]]);
      const of = (deviceMajor: number) =>
        new KindClassifier({ startStack: 0 }).classify({ ...(mapping as Mapping), deviceMajor });
      expect(of(0).kind).toBe('device');
      expect(of(8).kind).not.toBe('device');
    },
  );

  test.each([
    ['r-xp', 'code'],
    ['rwxp', 'code'],
    ['r--p', 'read-only-data'],
    ['---p', 'reserved'],
    ['---s', 'reserved'],
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
      [4096, 'r-xp', '/lib/a.so (deleted)'],
      [4096, 'rw-p', '/lib/a.so (deleted)'],
      [4096, 'rw-p'],
    ];
    expect(kinds(rows).slice(1)).toEqual([
      'deleted /lib/a.so (deleted)',
      'bss /lib/a.so (deleted) [bss]',
    ]);
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

  test.each(['r--p', 'rw-s'])('is not %s', (perms) => {
    const rows: Row[] = [...LIB, [4096, 'rw-p', '/lib/a.so'], [4096, perms]];
    expect(kinds(rows).at(-1)).toBe('anonymous [anon]');
  });
});

describe('bss by program headers', () => {
  const file: readonly Row[] = [
    [4096, 'r-xp', '/lib/zlib.so'],
    [4096, 'rw-p', '/lib/zlib.so'],
  ];
  const first = 0x7f0000000000;
  /** Two segments: one page of code, and data with `bssBytes` more in memory than in the file. */
  const segments = (bssBytes: number) => [
    { offset: 0, address: 0, fileBytes: 4096, memoryBytes: 4096 },
    { offset: 0, address: 4096, fileBytes: 4000, memoryBytes: 4000 + bssBytes },
  ];
  const last = (rows: readonly Row[], of: ReturnType<typeof segments> | undefined) => {
    const classifier = new KindClassifier({ startStack: 0, segmentsOf: () => of });
    return adjacentMappings(first, rows)
      .map((mapping) => classifier.classify(mapping).kind)
      .at(-1);
  };

  test.each([
    ['what the headers claim', 8192, 8192, 'bss'],
    ['a page, if code and data share a page of the file', 200, 4096, 'bss'],
    ['a bss that ends in the page of its data', 8, 3 * MIB, 'anonymous'],
    ['more than half of what follows', 8192, 12288, 'bss'],
    ['less than half of what follows', 4192, 16384, 'anonymous'],
  ])('%s', (_, bssBytes, size, kind) => {
    expect(last([...file, [size, 'rw-p']], segments(bssBytes))).toBe(kind);
  });

  test('may be split by mprotect, and is found piece by piece', () => {
    const classifier = new KindClassifier({ startStack: 0, segmentsOf: () => segments(28672) });
    const rows: Row[] = [...file, [8192, 'rw-p'], [4096, 'r--p'], [16384, 'rw-p'], [4096, 'rw-p']];
    const told = adjacentMappings(first, rows).map((one) => classifier.classify(one));
    expect(told.slice(2).map(({ kind, owner }) => `${kind} ${owner}`)).toEqual([
      'bss /lib/zlib.so [bss]',
      'bss /lib/zlib.so [bss]',
      'bss /lib/zlib.so [bss]',
      'anonymous [anon]',
    ]);
  });

  test('may be a segment of its own, away from the file', () => {
    const own = { offset: 0, address: 0x10000, fileBytes: 0, memoryBytes: 8192 };
    const classifier = new KindClassifier({
      startStack: 0,
      segmentsOf: () => [...segments(0), own],
    });
    const rows: Row[] = [...file, [0x10000 - 8192, 'gap'], [8192, 'rw-p']];
    const told = adjacentMappings(first, rows).map((one) => classifier.classify(one));
    expect(told.at(-1)?.kind).toBe('bss');
  });

  test('needs no code in the file', () => {
    const rows: Row[] = [
      [4096, 'rw-p', '/lib/data.so'],
      [8192, 'rw-p'],
    ];
    const data = { offset: 0, address: 0, fileBytes: 4000, memoryBytes: 12000 };
    expect(last(rows, [data])).toBe('bss');
    expect(last(rows, undefined)).toBe('anonymous');
  });

  test('is not behind a library that is mapped as data', () => {
    const whole: Row[] = [
      [16384, 'r--p', '/lib/zlib.so'],
      [8192, 'rw-p'],
    ];
    expect(last(whole, segments(8192))).toBe('anonymous');
  });

  test('is not behind a file that is no ELF file', () => {
    expect(last([...file, [4096, 'rw-p']], [])).toBe('anonymous');
  });

  test('is likely behind a file that cannot be read, up to its size', () => {
    expect(last([...file, [8192, 'rw-p']], undefined)).toBe('bss');
    expect(last([...file, [12288, 'rw-p']], undefined)).toBe('anonymous');
  });
});

test('the nameless rest behind a named arena of glibc is heap, up to the end of the arena', () => {
  const rows: Row[] = [
    [132 * KIB, 'rw-p', '[anon: glibc: malloc arena]'],
    [MIB, 'rw-p'],
    [ARENA, 'rw-p'],
  ];
  expect(kinds(rows, { first: 100 * ARENA })).toEqual([
    'heap [anon: glibc: malloc arena]',
    'heap [anon: glibc: malloc arena]',
    'anonymous [anon]',
  ]);
});

describe('the program itself', () => {
  test.each(['/memfd:runc (deleted)', '/dev/shm/tool'])('is code and data from %s', (program) => {
    const rows: Row[] = [
      [4096, 'r--p', program],
      [4096, 'r-xp', program],
      [4096, 'rw-p', program],
    ];
    const classifier = new KindClassifier({ startStack: 0, program });
    expect(adjacentMappings(4096, rows).map((one) => classifier.classify(one).kind)).toEqual([
      'read-only-data',
      'code',
      'data',
    ]);
  });
});

describe('the stack of a thread', () => {
  const GUARD: Row = [4 * KIB, '---p'];
  const STACK: Row = [8 * MIB, 'rw-p'];
  const [ANON, THREAD] = ['anonymous [anon]', 'thread-stack [anon]'];
  const RESERVED = 'reserved [anon]';

  test('lies right above its guard, thread by thread', () => {
    expect(kinds([GUARD, STACK, GUARD, STACK])).toEqual([RESERVED, THREAD, RESERVED, THREAD]);
  });

  test.each<[string, readonly Row[]]>([
    ['without a guard', [STACK]],
    ['behind a gap', [GUARD, [4096, 'gap'], STACK]],
    ['of less than 16 KiB', [GUARD, [12 * KIB, 'rw-p']]],
    ['shared', [GUARD, [8 * MIB, 'rw-s']]],
    ['of more than 256 MiB', [GUARD, [256 * MIB + 4096, 'rw-p']]],
    [
      'smaller than its guard',
      [
        [496 * KIB, '---p'],
        [24 * KIB, 'rw-p'],
      ],
    ],
    ['above a part of a reservation', [[16 * KIB, '---p', '', 'mr mw me nr'], STACK]],
    ['above a hole in a library', [[4096, '---p', '/lib/a.so'], STACK]],
  ])('is not recognized %s', (_, rows) => expect(kinds(rows).at(-1)).not.toContain('thread-stack'));

  test.each<[string, readonly Row[]]>([
    ['16 KiB', [GUARD, [16 * KIB, 'rw-p']]],
    ['a guard of 4 MiB', [[4 * MIB, '---p'], STACK]],
    ['permission to execute', [GUARD, [MIB, 'rwxp']]],
  ])('may have %s', (_, rows) => expect(kinds(rows)).toEqual([RESERVED, THREAD]));

  test('is not in the lower half of the address space, where allocators place spans by chance', () => {
    const rows = [GUARD, STACK];
    const startStack = 0x7ffc00000000;
    expect(kinds(rows, { first: 0x2fa000001000, startStack })).toEqual([RESERVED, ANON]);
    expect(kinds(rows, { first: 0x7f0000001000, startStack })).toEqual([RESERVED, THREAD]);
  });

  test.each([
    ['rd wr mr mw me gu ac nh', 'thread-stack'],
    ['rd wr mr mw me gu ac', 'anonymous'],
    ['rd wr mr mw me ac nh', 'anonymous'],
    ['rd wr mr mw me gu ac nh ht', 'huge-pages'],
  ])('without a guard mapping is told by VmFlags: %s', (flags, kind) => {
    const values: (string | undefined)[] = [];
    values[slotOf.VmFlags] = flags;
    expect(kindOf('', 'rw-p', values)).toBe(kind);
    expect(kindOf('', 'rw-s', values)).not.toBe('thread-stack');
  });

  test.each([
    ['nh', true, 'thread-stack [thread stacks]'],
    ['nh', false, ANON],
    ['ac', true, ANON],
  ])('with %s and guards in pagemap: %s, is told by both', (flag, hasGuards, kind) => {
    const evidence = { startStack: 0, hasGuardPages: () => hasGuards };
    const [stack] = adjacentMappings(4096, [[8 * MIB, 'rw-p', '', `rd wr mr mw me ${flag}`]]);
    const { owner, kind: told } = new KindClassifier(evidence).classify(stack as Mapping);
    expect(`${told} ${owner}`).toBe(kind);
  });

  test('may be several in one mapping, where guards are inside', () => {
    const merged: Row = [24 * MIB, 'rw-p', '', 'rd wr mr mw me gu ac nh'];
    expect(kinds([merged])).toEqual(['thread-stack [thread stacks]']);
    expect(kinds([GUARD, merged])).toEqual([RESERVED, 'thread-stack [thread stacks]']);
  });

  test('is not an arena of malloc above a nearly full one', () => {
    const rows: Row[] = [
      [ARENA - 92 * KIB, 'rw-p'],
      [92 * KIB, '---p'],
      [132 * KIB, 'rw-p'],
      [ARENA - 132 * KIB, '---p'],
    ];
    expect(kinds(rows, { first: 100 * ARENA })).toEqual([ANON, RESERVED, ANON, RESERVED]);
  });

  test('is not an arena above a reservation of another kind', () => {
    const rows: Row[] = [
      [184 * KIB, '---p'],
      [132 * KIB, 'rw-p'],
      [ARENA - 132 * KIB, '---p'],
    ];
    expect(kinds(rows, { first: 100 * ARENA - 184 * KIB })).toEqual([RESERVED, ANON, RESERVED]);
  });

  test.each([132 * KIB, ARENA, ARENA + 132 * KIB])(
    'is found above an arena with %d bytes in use, whose rest the kernel merged with the guard',
    (used) => {
      const rest = Math.ceil(used / ARENA) * ARENA - used;
      const rows: Row[] = [[used, 'rw-p'], [rest + 4 * KIB, '---p'], STACK];
      expect(kinds(rows, { first: 100 * ARENA })).toEqual([ANON, RESERVED, THREAD]);
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
