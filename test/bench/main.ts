import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBench } from './bench.ts';
import { Jobs } from './measure/jobs.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { lookAround } from './plan/surroundings.ts';
import { goals } from './report/goals.ts';
import { jsonReport } from './report/json.ts';
import { markdownReport } from './report/report.ts';
import { Undo } from './undo.ts';

/**
 * Runs the bench for these arguments in the project at `root`; returns the exit status: 0, or 1
 * with a line on stderr when the arguments are wrong or anything fails.
 */
export async function main(args: readonly string[], root: string): Promise<number> {
  const undo = new Undo();
  undoOnSignals(undo);
  try {
    const options = parseOptions(args);
    print(options === undefined ? USAGE : await reportOf(options, root, undo));
    return 0;
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`);
    return 1;
  } finally {
    undo.run();
  }
}

async function reportOf(options: Options, root: string, undo: Undo): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-bench-'));
  undo.add(() => rmSync(directory, { recursive: true, force: true }));
  const jobs = new Jobs();
  undo.add(() => jobs.endAll());
  const report = (progress: string) => console.error(`bench: ${progress}`);
  const around = await lookAround(jobs, { root, directory }, options.nodes);
  const results = await runBench(options, around, { jobs, directory, undo, report });
  const all = goals(around.nodes.map(({ version }) => version));
  // If only a part is measured, goals of other parts would only be noise.
  const numbers = options.part ? all.filter((goal) => goal.measured(results) !== undefined) : all;
  return options.json ? jsonReport(results, numbers) : markdownReport(results, numbers);
}

function undoOnSignals(undo: Undo): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      undo.run();
      process.exit(128 + constants.signals[signal]);
    });
  }
}

/** Writes all of a text before the process may end. */
function print(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}
