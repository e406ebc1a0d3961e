import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { GuardPages } from '../../src/proc/maps/guard-pages.ts';
import {
  endProcessesAfterwards,
  onlyWith,
  type Subject,
  startReady,
  startSleep,
  testProgram,
} from '../support/processes.ts';
import { tsmap } from '../support/program.ts';

endProcessesAfterwards();

interface Row {
  readonly start: string;
  readonly end: string;
  readonly mode: string;
  readonly kind: string;
}

async function mapOf(pid: number): Promise<Row[]> {
  const { stdout, stderr, status } = await tsmap(['-x', '--format', 'ndjson', String(pid)]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const lines = stdout.toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** The mapping with an address. */
function at(address: number, rows: readonly Row[]): Row | undefined {
  return rows.find(
    ({ start, end }) => Number(`0x${start}`) <= address && address < Number(`0x${end}`),
  );
}

/** A thread's stack pointer, which the kernel tells of all but those that run. */
function stackPointer(pid: number, tid: string): number | undefined {
  const [pointer] = readFileSync(`/proc/${pid}/task/${tid}/syscall`, 'utf8').split(' ').slice(-2);
  return pointer?.startsWith('0x') ? Number(pointer) : undefined;
}

/** The kind of the mapping with a thread's stack pointer. */
async function kindOfStack(pid: number, tid: string): Promise<string | undefined> {
  return at(stackPointer(pid, tid) ?? 0, await mapOf(pid))?.kind;
}

/** Whether the kernel says in VmFlags that a mapping has guard pages (Linux 6.19, or patched). */
function tellsGuards(pid: number): boolean {
  return / gu( |$)/m.test(readFileSync(`/proc/${pid}/smaps`, 'latin1'));
}

describe('the mapping with the stack pointer of a thread is its stack', () => {
  let pid = 0;
  let threads: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    const subject = await startReady(testProgram('stacks'));
    pid = subject.pid;
    const pairs = subject.said.trim().split(' ').slice(1);
    threads = Object.fromEntries(pairs.map((pair) => pair.split(':').toReversed()));
  });

  test.each(['default', 'guard4m', 'exec'])('%s', async (shape) => {
    expect(await kindOfStack(pid, threads[shape] ?? '')).toBe('thread-stack');
  });

  test('with guard pages inside, where VmFlags tell them', async ({ skip }) => {
    if (!tellsGuards(pid)) {
      console.warn('skipped: this kernel does not tell guard pages in VmFlags');
      skip();
    }
    for (const shape of ['install', 'merged1', 'merged2']) {
      expect(await kindOfStack(pid, threads[shape] ?? '')).toBe('thread-stack');
    }
  });

  test('without any guard, it cannot be told', async () => {
    expect(await kindOfStack(pid, threads['own'] ?? '')).toBe('anonymous');
    expect(await kindOfStack(pid, threads['none'] ?? '')).toBe('anonymous');
  });

  test('guards inside a mapping show in pagemap, and only there', async ({ skip }) => {
    if (threads['install'] === undefined) {
      console.warn('skipped: this kernel has no MADV_GUARD_INSTALL');
      skip();
    }
    const place = { root: '/proc', pid, directory: String(pid) };
    const guards = new GuardPages(place);
    const hasGuards = (range: { start: number; end: number }) => guards.has(range);
    const rows = await mapOf(pid);
    const guarded = rows
      .map(({ start, end }) => ({ start: Number(`0x${start}`), end: Number(`0x${end}`) }))
      .filter(({ start }) => start < 2 ** 47)
      .filter((range) => hasGuards(range));
    const pointers = ['install', 'merged1'].map((it) => stackPointer(pid, threads[it] ?? '') ?? 0);
    const expected = pointers.map((pointer) => Number(`0x${at(pointer, rows)?.start}`));
    expect(guarded.map(({ start }) => start)).toEqual(expected.sort((a, b) => a - b));
  });
});

const SLEEPER =
  'class Sleeper { public static void main(String[] a) throws Exception { System.out.println("ready"); Thread.sleep(1000000); } }';

describe('every thread of a runtime has its stack where its stack pointer is', () => {
  const runtimes: readonly (readonly [string, () => Promise<Subject>])[] = [
    [
      'node',
      () => startReady(process.execPath, ['-e', 'console.log("ready"); setTimeout(() => 0, 1e6)']),
    ],
    ...(onlyWith('javac', 'thread stacks of java')
      ? [
          [
            'java',
            () => {
              const source = join(mkdtempSync(join(tmpdir(), 'tsmap-java-')), 'Sleeper.java');
              writeFileSync(source, SLEEPER);
              return startReady('java', [source]);
            },
          ] as const,
        ]
      : []),
  ];

  test.each(runtimes)('%s', async (_, startSubject) => {
    const { pid } = await startSubject();
    const rows = await mapOf(pid);
    const pointers = readdirSync(`/proc/${pid}/task`).flatMap((tid) => {
      const pointer = stackPointer(pid, tid);
      return pointer === undefined ? [] : [{ isMain: tid === String(pid), pointer }];
    });
    expect(pointers.length).toBeGreaterThan(3);
    const wrong = pointers.filter(
      ({ isMain, pointer }) => at(pointer, rows)?.kind !== (isMain ? 'stack' : 'thread-stack'),
    );
    expect(wrong).toEqual([]);
    // Each stack belongs to a thread; the heap of a runtime, which is reserved too, is none.
    const stacks = rows.filter(({ kind }) => kind === 'thread-stack');
    expect(stacks.length).toBeLessThanOrEqual(readdirSync(`/proc/${pid}/task`).length);
  });
});

describe('the variables of libraries without initial values are bss', () => {
  const small = { name: 'small.so', bytes: 8 };
  const libraries = [
    small,
    { name: 'pages.so', bytes: 12_345 },
    { name: 'large.so', bytes: 3 << 20 },
  ];
  let rows: readonly Row[] = [];
  let said: readonly (readonly [name: string, address: number])[] = [];
  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tsmap-bss-'));
    const paths = libraries.map(({ name, bytes }) => {
      const code = `char zeros[${bytes}]; unsigned long zeros_size = sizeof zeros;`;
      const path = join(directory, name);
      const args = ['-shared', '-fPIC', '-x', 'c', '-', '-o', path];
      execFileSync('cc', args, { input: code });
      return path;
    });
    const { pid, said: line } = await startReady(testProgram('bss'), paths);
    rows = await mapOf(pid);
    said = line
      .trim()
      .split(' ')
      .slice(1)
      .map((pair) => {
        const [name = '', address] = pair.split(':');
        return [name, Number(`0x${address}`)];
      });
  });
  const kindsOf = (wanted: string, offset = 0) =>
    said.flatMap(([name, address]) => (name === wanted ? [at(address + offset, rows)?.kind] : []));

  test('one that fits in the page of the data is data', () => {
    expect(kindsOf('small.so')).toEqual(['data']);
  });

  test.each(libraries.filter((one) => one !== small))('$name', ({ name, bytes }) => {
    expect(kindsOf(name, bytes - 1)).toEqual(['bss']);
  });

  test('what threads take from malloc arenas is neither bss nor a stack', () => {
    expect(kindsOf('arena')).toEqual(Array(6).fill('anonymous'));
  });
});

const PYTHON = 'import zlib, ctypes; print("ready", flush=True); input()';
const hasReadelf = onlyWith('readelf', 'the bss that readelf finds');
const SUBJECTS: readonly (readonly [string, () => Promise<Subject>])[] = [
  ['sleep', startSleep],
  ['stacks', () => startReady(testProgram('stacks'))],
  ...(onlyWith('python3', 'kinds of python3')
    ? [['python3', () => startReady('python3', ['-c', PYTHON])] as const]
    : []),
];

/** Whether a segment of a file needs pages beyond those of the file. */
function hasBssPages(path: string): boolean {
  const headers = execFileSync('readelf', ['-lW', path], { encoding: 'utf8' });
  const pages = (bytes: number) => Math.ceil(bytes / 4096);
  return [...headers.matchAll(/^ +LOAD +\S+ (\S+) \S+ (\S+) (\S+)/gm)].some(
    ([, address, fileBytes, memoryBytes]) =>
      pages(Number(address) + Number(memoryBytes)) > pages(Number(address) + Number(fileBytes)),
  );
}

describe.skipIf(!hasReadelf)('a bss belongs to a file that readelf says has one', () => {
  test.each(SUBJECTS)('%s', async (_, startSubject) => {
    const { pid } = await startSubject();
    const { stdout } = await tsmap(['summary', '--json', String(pid)]);
    const { by_mapping } = JSON.parse(stdout.toString()).processes[0];
    const names: string[] = by_mapping.map(({ name }: { name: string }) => name);
    const owners = names.filter((name) => name.endsWith(' [bss]')).map((name) => name.slice(0, -6));
    expect(owners.filter((owner) => !hasBssPages(owner))).toEqual([]);
    const libc = names.find((name) => /\/libc\.so\.6$/.test(name)) ?? '';
    expect(owners).toContain(libc);
  });
});
