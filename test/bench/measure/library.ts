import { join } from 'node:path';
import type { Subject } from '../plan/subjects.ts';
import type { Surroundings } from '../plan/surroundings.ts';
import type { LibraryRow } from '../report/results.ts';
import type { Jobs } from './jobs.ts';
import { inTurns } from './rounds.ts';
import { median, summarize } from './statistics.ts';

interface Times {
  readonly firstMs: number;
  readonly laterMs: readonly number[];
}

/**
 * Times ways to read a process inside a program, in turns, each time in a process of its own: in a
 * common one, each would have to collect the garbage of the others.
 *
 * @throws Error when one fails.
 */
export async function measureLibrary(
  jobs: Jobs,
  { node, root }: Surroundings,
  { pid, mappings }: Subject,
  ways: readonly string[],
  rounds: number,
): Promise<readonly LibraryRow[]> {
  const script = join(root, 'test/bench/programs/library.mjs');
  const outcomes = await inTurns(ways, rounds, async (way): Promise<Times> => {
    const command = [node, script, way, String(pid), String(mappings)];
    const { status, text, stderr } = await jobs.run(command);
    if (status !== 0) throw new Error(`library, ${way}: ${stderr.trim().slice(0, 500)}`);
    return JSON.parse(text);
  });
  return [...outcomes].map(([label, times]) => ({
    label,
    firstMs: summarize(times.map(({ firstMs }) => firstMs)),
    laterMs: summarize(times.map(({ laterMs }) => median(laterMs))),
  }));
}
