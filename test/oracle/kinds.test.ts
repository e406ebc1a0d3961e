import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
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

/** The kind of the mapping with a thread's stack pointer, which the kernel tells. */
async function kindOfStack(pid: number, tid: string): Promise<string | undefined> {
  const [pointer] = readFileSync(`/proc/${pid}/task/${tid}/syscall`, 'utf8').split(' ').slice(-2);
  const at = Number(pointer);
  const rows = await mapOf(pid);
  return rows.find(({ start, end }) => Number(`0x${start}`) <= at && at < Number(`0x${end}`))?.kind;
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
    expect(await kindOfStack(pid, threads['install'] ?? '')).toBe('thread-stack');
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
