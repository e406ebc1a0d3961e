import fc from 'fast-check';

/** What the random text may contain. */
export interface SmapsTextOptions {
  /**
   * Only what pmap 4.0.2 reads without a mistake: the same keys everywhere, short lines, plain
   * names.
   */
  readonly pmapSafe?: boolean;
}

const PAGE = 4096n;
const KNOWN =
  `Size KernelPageSize MMUPageSize Rss Pss Pss_Dirty Shared_Clean Shared_Dirty Private_Clean
  Private_Dirty Referenced Anonymous KSM LazyFree AnonHugePages ShmemPmdMapped FilePmdMapped Shared_Hugetlb
  Private_Hugetlb Swap SwapPss Locked THPeligible ProtectionKey VmFlags`.split(/\s+/);
const UNKNOWN =
  'Swa S SwapX SwapPssX Rs RssX Size_2 abc f00 a Key_9 VmFlagsX Dirty Unit Words'.split(' ');
const UNITLESS = new Set(['THPeligible', 'ProtectionKey', 'Unit', 'f00']);
const WORDS = new Set(['VmFlags', 'Words', 'VmFlagsX']);

/** The random values of a record, whether its keys need them or not. */
interface Body {
  readonly gapPages: bigint;
  readonly sizePages: bigint;
  readonly perms: string;
  readonly offsetPages: bigint;
  readonly device: readonly [number, number];
  readonly inode: bigint;
  readonly name: string;
  readonly values: readonly number[];
  readonly flags: string;
  readonly dropped: readonly number[];
  readonly rotateBy: number;
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

const rawBytes = (maxLength: number) =>
  fc.uint8Array({ minLength: 1, maxLength }).map((bytes) => latin1(bytes).replace(/[\0\n/]/g, '_'));

const nastyPart = fc.oneof(
  rawBytes(12),
  fc.constantFrom('a b', 'tab\there', 'runs   of  blanks', 'end ', 'Rss: 12 kB', '\\012', 'ü.so'),
  fc.constantFrom(
    '\xff\xfe',
    '\xc3',
    'x (deleted)',
    '\x1b[31m',
    ':::',
    '00400000-00401000 r-xp',
    '\r',
  ),
);

const nastyName = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  {
    weight: 12,
    arbitrary: fc.array(nastyPart, { minLength: 1, maxLength: 4 }).map((p) => `/${p.join('/')}`),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '[heap]',
      '[stack]',
      '[vdso]',
      '[anon:my/pool v1]',
      'anon_inode:[perf]',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'Rss:  7 kB',
      'VmFlags: rd',
      'Swap:',
      '/SYSV00000000 (deleted)',
      'a-b',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(4095).map((length) => `/${'long'.repeat(1024).slice(0, length)}`),
  },
);

const safePart = fc
  .string({ unit: 'binary-ascii', minLength: 1, maxLength: 30 })
  .map((part) => part.replace(/[^ -.0-~]/g, '_').replace(/^SYSV/, 'sysv'));
const safeName = fc.oneof(
  fc.constantFrom('', '[heap]', '[stack]', '[vdso]', '[vvar]', 'anon_inode:[perf]'),
  fc.array(safePart, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`),
);

const pages = fc.oneof(fc.bigInt(1n, 0xffn), fc.bigInt(1n, 1n << 23n), fc.bigInt(1n, 1n << 47n));
const number = fc.oneof(
  fc.constant(0),
  fc.nat(9999),
  fc.maxSafeNat().map((n) => n % (2 ** 40 + 1)),
);
const code = (pmapSafe: boolean) =>
  pmapSafe
    ? fc.constantFrom('rd', 'wr', 'ex', 'sh', 'mr', 'mw', 'me', 'ac', 'sd')
    : fc.constantFrom('rd', 'wr', 'ex', 'zz', 'q9', '??', 'gd');

function body(pmapSafe: boolean): fc.Arbitrary<Body> {
  return fc.record({
    gapPages: fc.oneof(fc.constant(0n), pages),
    sizePages: pages,
    perms: fc
      .tuple(
        fc.constantFrom(...'r-'),
        fc.constantFrom(...'w-'),
        fc.constantFrom(...'x-'),
        fc.constantFrom(...'ps'),
      )
      .map((letters) => letters.join('')),
    offsetPages: fc.oneof(
      fc.constant(0n),
      fc.bigInt(0n, 1n << 24n),
      fc.bigInt(0n, (1n << 51n) - 1n),
    ),
    device: fc.tuple(
      fc.oneof(fc.nat(0xff), fc.nat(0xfff)),
      fc.oneof(fc.nat(0xff), fc.nat(0xfffff)),
    ),
    inode: fc.oneof(fc.constant(0n), fc.bigInt(1n, 0xffffffn), fc.bigInt(0n, (1n << 64n) - 1n)),
    name: pmapSafe ? safeName : nastyName,
    values: fc.array(number, { minLength: 40, maxLength: 40, size: 'max' }),
    flags: fc
      .array(code(pmapSafe), { minLength: pmapSafe ? 1 : 0, maxLength: 8 })
      .map((codes) => codes.map((each) => `${each} `).join('')),
    dropped: fc.uniqueArray(fc.nat(30), { maxLength: 6 }),
    rotateBy: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(30)),
  });
}

/**
 * The keys of a document. pmap 4.0.2 prints a row of -x when it meets `Swap:`, so what -x shows
 * stands before that; VmFlags ends a record.
 */
function keys(pmapSafe: boolean): fc.Arbitrary<string[]> {
  const kernelOrder = fc.subarray(KNOWN);
  const anyOrder = fc.shuffledSubarray([...KNOWN, ...UNKNOWN]);
  if (!pmapSafe) return fc.oneof(fc.constant(KNOWN), kernelOrder, anyOrder);
  const early = ['Rss', 'Shared_Dirty', 'Private_Dirty'];
  const last = ['Swap', 'VmFlags'];
  const rest = fc.shuffledSubarray(KNOWN.filter((key) => ![...early, ...last].includes(key)));
  return rest.map((some) => {
    const half = some.length >> 1;
    return [...early, ...some.slice(0, half), 'Swap', ...some.slice(half), 'VmFlags'];
  });
}

function headerLine(start: bigint, one: Body): string {
  const hex = (value: bigint | number, width: number) => value.toString(16).padStart(width, '0');
  const range = `${hex(start, 8)}-${hex(start + one.sizePages * PAGE, 8)}`;
  const device = `${hex(one.device[0], 2)}:${hex(one.device[1], 2)}`;
  const line = `${range} ${one.perms} ${hex(one.offsetPages * PAGE, 8)} ${device} ${one.inode} `;
  return one.name === '' ? line : `${line.padEnd(72)} ${one.name}`;
}

function fieldLine(key: string, value: number, flags: string): string {
  if (WORDS.has(key)) return `${key}: ${flags}`;
  const shown = `${`${key}:`.padEnd(16)}${String(value).padStart(8)}`;
  return UNITLESS.has(key) ? shown : `${shown} kB`;
}

function keysOf(one: Body, schema: readonly string[], varies: boolean): readonly string[] {
  if (!varies) return schema;
  const kept = schema.filter((_, index) => !one.dropped.includes(index));
  return [...kept.slice(one.rotateBy), ...kept.slice(0, one.rotateBy)];
}

/** Random text of /proc/PID/smaps in the kernel's own form, as a byte string (latin1). */
export function smapsText({ pmapSafe = false }: SmapsTextOptions = {}): fc.Arbitrary<string> {
  const varies = pmapSafe ? fc.constant(false) : fc.nat(3).map((draw) => draw === 0);
  const bodies = fc.array(body(pmapSafe), { maxLength: 8 });
  return fc
    .tuple(keys(pmapSafe), varies, bodies, fc.boolean())
    .map(([schema, vary, list, high]) => {
      const lines: string[] = [];
      let end = 0x10000n;
      for (const [index, one] of list.entries()) {
        const isVsyscall = high && index === list.length - 1;
        const start = isVsyscall ? 0xffffffffff600000n : end + one.gapPages * PAGE;
        const shown = isVsyscall ? { ...one, sizePages: 1n } : one;
        end = start + shown.sizePages * PAGE;
        lines.push(headerLine(start, shown));
        for (const [i, key] of keysOf(one, schema, vary).entries())
          lines.push(fieldLine(key, one.values[i] ?? 0, one.flags));
      }
      return lines.map((line) => `${line}\n`).join('');
    });
}

/** The text of maps that belongs to a text of smaps: its mappings' first lines. */
export function mapsTextOf(smaps: string): string {
  const isHeader = (line: string) => /^[0-9a-f]+-[0-9a-f]+ /.test(line);
  return smaps
    .split('\n')
    .filter(isHeader)
    .map((line) => `${line}\n`)
    .join('');
}
