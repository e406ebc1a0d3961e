import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { peakMemory } from '../../support/hooked-runs.ts';
import { endProcessesAfterwards, startProgram } from '../../support/processes.ts';
import { onlyUnderNode, tsmap } from '../../support/program.ts';

endProcessesAfterwards();

const LIMIT = Number(readFileSync('/proc/sys/vm/max_map_count', 'utf8'));
/** As many as vm.max_map_count lets a process have in most systems. */
const MANY = Math.min(65_000, LIMIT - 200);
const MIB = 1024;
/**
 * A little for the rows and the rest for V8, which compiles what runs often: its compilers alone
 * bring 4 MiB more of themselves into memory from Node 24 on (6 MiB of 14 are gone with --no-opt).
 */
const LIMIT_MIB = Number.parseInt(process.versions.node, 10) < 24 ? 16 : 20;

describe(`a process with ${MANY} mappings`, () => {
  test.each([
    { options: [], total: /^ total +\d+K$/ },
    { options: ['-x'], total: /^total kB +\d+ +\d+ +\d+$/ },
    { options: ['-d'], total: /^mapped: \d+K {4}writeable\/private: \d+K {4}shared: \d+K$/ },
  ])('is printed completely with $options', async ({ options, total }) => {
    const many = await startProgram('many', MANY);
    const { stdout, stderr, status } = await tsmap([...options, String(many.pid)]);
    const lines = stdout.toString().trimEnd().split('\n');
    const rows = lines.filter((line) => /^[0-9a-f]{16} /.test(line));
    const maps = readFileSync(`/proc/${many.pid}/maps`, 'latin1').trimEnd().split('\n');
    expect(rows).toHaveLength(maps.length);
    expect(rows.length).toBeGreaterThan(MANY);
    expect(lines.at(-1)).toMatch(total);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    await many.end();
  });
});

const canMeasure = onlyUnderNode('peak memory', 'the hook that measures it is for Node');

describe.runIf(canMeasure)('peak memory', () => {
  const peakKib = async (mappings: number, options: readonly string[]) =>
    (await peakMemory(mappings, options)).kib;

  test.each([{ options: [] }, { options: ['-x'] }, { options: ['-d'] }])(
    `of 60,000 mappings is within ${LIMIT_MIB} MiB of that of 40, with $options`,
    async ({ options }) => {
      const count = Math.min(60_000, MANY);
      const difference = (await peakKib(count, options)) - (await peakKib(40, options));
      expect(difference).toBeLessThan(LIMIT_MIB * MIB);
    },
  );
});
