import { beforeAll, describe, expect, test } from 'vitest';
import { endProcessesAfterwards, type Subject, startProgram } from '../../support/processes.ts';
import { tsmap } from '../../support/program.ts';

endProcessesAfterwards();

const MIB = 1024;

describe('a process whose memory is known to the page', () => {
  let known: Subject;
  let facts: { huge: object | null; noHuge?: string; threads: object[] };
  let kinds: Record<string, Record<string, number>>;
  let document: { processes: Record<string, Record<string, unknown>[]>[] };

  beforeAll(async () => {
    known = await startProgram('known');
    facts = JSON.parse(known.said);
    const { stdout } = await tsmap(['summary', '--json', String(known.pid)]);
    document = JSON.parse(stdout.toString());
    const list = document.processes[0]?.['by_kind'] ?? [];
    kinds = Object.fromEntries(list.map((kind) => [kind['kind'], kind])) as typeof kinds;
  });
  const kib = (kind: string, id: string) => (kinds[kind]?.[`${id}_bytes`] ?? Number.NaN) / 1024;
  const ofName = (name: RegExp) =>
    document.processes[0]?.['by_mapping']?.find((each) => name.test(String(each['name'])));

  test('shows its heap: 100 MiB, all of it private and dirty', () => {
    for (const id of ['size', 'rss', 'pss', 'uss', 'dirty'])
      expect(kib('heap', id)).toBe(100 * MIB);
  });

  test('shows 20 MiB in RAM of its 50 MiB of a file', () => {
    expect(ofName(/\/known-shared$/)).toMatchObject({
      size_bytes: 50 << 20,
      rss_bytes: 20 << 20,
      pss_bytes: 20 << 20,
      uss_bytes: 20 << 20,
    });
  });

  test('shows 30 MiB of shared memory, and half of it as PSS', () => {
    const numbers = ['size', 'rss', 'pss', 'uss', 'shared'].map((id) => kib('shared-memory', id));
    expect(numbers).toEqual([30 * MIB, 30 * MIB, 15 * MIB, 0, 30 * MIB]);
  });

  test('shows its three thread stacks of 8 MiB, with 1, 2 and 3 MiB touched', () => {
    expect(facts.threads).toHaveLength(3);
    expect(kinds['thread-stack']?.['mappings']).toBe(3);
    const numbers = ['size', 'rss', 'uss'].map((id) => kib('thread-stack', id));
    expect(numbers).toEqual([24 * MIB, 6 * MIB, 6 * MIB]);
  });

  test('shows its reserved huge pages, where the machine has them', ({ skip }) => {
    if (facts.huge === null) {
      console.warn(`skipped: huge pages: ${facts.noHuge}`);
      skip();
    }
    const numbers = ['size', 'hugetlb', 'rss'].map((id) => kib('huge-pages', id));
    expect(numbers).toEqual([10 * MIB, 10 * MIB, 0]);
  });

  test('shows the same by kind in the map report', async () => {
    const args = ['--group-by', 'kind', '--columns', 'size,rss,uss,kind', String(known.pid)];
    const { stdout } = await tsmap(args);
    const rows = stdout
      .toString()
      .split('\n')
      .map((line) => line.trim().replace(/ +/g, ' '));
    expect(rows).toContain('102400 102400 102400 heap');
    expect(rows).toContain('30720 30720 0 shared-memory');
    expect(rows).toContain('24576 6144 6144 thread-stack');
  });
});
