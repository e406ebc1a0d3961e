import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Comparison,
  compareWithPmap,
  describeWithPmap,
  type OracleInput,
} from '../support/pmap.ts';
import {
  endProcessesAfterwards,
  hasCommand,
  type Subject,
  startProgram,
  startReady,
  startShell,
  startSleep,
} from '../support/processes.ts';
import { comparableText, optionSetsOf, REPORTS, type Report } from './matrix.ts';

endProcessesAfterwards();

const PYTHON = 'import mmap, sys; print("ready", flush=True); sys.stdin.read()';
const NODE = 'console.log("ready"); setInterval(() => {}, 1000)';

const STARTS: Readonly<Record<string, () => Promise<Subject>>> = {
  sleep: startSleep,
  shell: startShell,
  node: () => startReady(process.execPath, ['-e', NODE]),
  ...(hasCommand('python3') ? { python3: () => startReady('python3', ['-c', PYTHON]) } : {}),
  odd: () => startProgram('odd'),
  many: () => startProgram('many', 2000),
};

/** Lines of test/programs/odd that differ in pmap: the long path, its rest, UTF-8, and their sums. */
const ODD_ONLY = /d{50}|deep$|\/?wide-|^ total|^total kB|^mapped:/;

function textOf(name: string, stdout: Buffer, options: readonly string[]): string {
  const text = comparableText(stdout, options);
  if (name !== 'odd') return text;
  const lines = text.split('\n').filter((line) => !ODD_ONLY.test(line));
  // pmap -X writes the bytes of names as they are.
  return lines.join('\n').replace(/[^\n\x20-\x7e]/g, '?');
}

/**
 * Which processes are compared. pmap ends its report at the first row above the range, and takes the
 * rest of odd's long path for a row at an address that it makes up, which may be in the range or not.
 */
function subjectsFor(options: readonly string[]): string[] {
  const isRanged = options.some((option) => option.endsWith('A'));
  return Object.keys(STARTS).filter((name) => !(isRanged && name === 'odd'));
}

/**
 * The process itself, or a copy of its files if the numbers of a report change on a stopped
 * process.
 */
function inputOf(name: string, pid: number, { isVolatile = false }: Report): OracleInput {
  if (!isVolatile) return { name, pid };
  const read = (file: string) => readFileSync(`/proc/${pid}/${file}`);
  return { name, pid, files: { maps: read('maps'), smaps: read('smaps') } };
}

describeWithPmap('the procps layout against pmap, on live processes that stand still', () => {
  const pids = new Map<string, number>();

  beforeAll(async () => {
    const started = Object.entries(STARTS).map(async ([name, start]) => {
      pids.set(name, (await (await start()).stop()).pid);
    });
    await Promise.all(started);
  });

  describe.each(REPORTS)('$name', (report) => {
    let comparisons: Comparison[] = [];

    beforeAll(async () => {
      const inputs = [...pids].map(([name, pid]) => inputOf(name, pid, report));
      comparisons = await compareWithPmap(inputs, optionSetsOf(report));
    });

    describe.each(optionSetsOf(report).map((options) => ({ options })))(
      '$options',
      ({ options }) => {
        test.each(subjectsFor(options))('prints the bytes of pmap for %s', (name) => {
          const found = comparisons.find(
            (each) => each.input === name && each.options.join() === options.join(),
          );
          expect(found).toBeDefined();
          if (found === undefined) return;
          expect(textOf(name, found.tsmap.stdout, options)).toBe(
            textOf(name, found.pmap.stdout, options),
          );
          expect(found.tsmap.status).toBe(found.pmap.status);
        });
      },
    );
  });
});
