import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe } from 'vitest';
import { readComparisons, writeJob } from '../oracle/job.ts';
import { hasCommand } from './processes.ts';
import { commandFor, inTemporaryDirectory, runCommand } from './program.ts';

/** The files of a process that pmap can be shown in place of the kernel's. */
export type ProcessFile = 'maps' | 'smaps' | 'stat' | 'status' | 'cmdline';

/** Something to look at: a live process, or text that takes the place of one's files. */
export interface OracleInput {
  readonly name: string;
  /** A process of ours; without one, some sleeping process lends its place. */
  readonly pid?: number;
  /** Contents by file; `stat` and `status` get the pid of the process that lends its place. */
  readonly files?: Readonly<Partial<Record<ProcessFile, Buffer>>>;
}

/** What one of the two programs printed about one input. */
export interface Printed {
  readonly stdout: Buffer;
  readonly status: number;
}

/** Both programs on one input with the same options. */
export interface Comparison {
  readonly input: string;
  readonly options: readonly string[];
  readonly pmap: Printed;
  readonly tsmap: Printed;
}

/** Options under which several inputs are compared. */
export interface OracleOptions {
  /** One tsmap per input instead of one for all: slower, and for inputs that end one of the two. */
  readonly separately?: boolean;
}

/** Why pmap cannot be asked here; undefined where it can. */
export const oracleProblem: string | undefined = findProblem();
/** Whether pmap can be asked here. */
export const canUseOracle: boolean = oracleProblem === undefined;

function findProblem(): string | undefined {
  if (!hasCommand('pmap')) return 'pmap is not installed (Debian: procps)';
  if (process.getuid?.() !== 0) return 'only root may show pmap other files than the kernel gives';
  const probe = 'mount -n --bind /proc/self/maps /proc/self/smaps';
  if (spawnSync('unshare', ['-m', 'sh', '-c', probe]).status === 0) return undefined;
  return 'unshare -m or mount --bind is refused here';
}

/** `describe` for tests that need pmap; where it cannot be asked they are skipped, and say why. */
export function describeWithPmap(name: string, tests: () => void): void {
  if (oracleProblem === undefined) {
    describe(name, tests);
    return;
  }
  console.warn(`skipped: ${name}: ${oracleProblem}`);
  describe.skip(`${name} (skipped: ${oracleProblem})`, tests);
}

/** The bytes of pmap's own version line. */
export function pmapVersion(): string {
  return spawnSync('pmap', ['-V'], { encoding: 'utf8' }).stdout.trim();
}

/**
 * Runs pmap and tsmap on every input with every set of options, all in one private mount
 * namespace, where the inputs' files lie over those of a process.
 *
 * pmap is started once per input (it carries things over from one pid to the next), tsmap once for
 * all inputs, and its output is taken apart again at the lines that open a report; so what tsmap
 * carried over would show.
 */
export async function compareWithPmap(
  inputs: readonly OracleInput[],
  optionSets: readonly (readonly string[])[],
  { separately = false }: OracleOptions = {},
): Promise<Comparison[]> {
  return inTemporaryDirectory(async (job) => {
    const lenders = await startLenders(inputs.filter(({ pid }) => pid === undefined).length);
    try {
      const pids = inputs.map(({ pid }) => pid ?? lenders.pids.pop() ?? 0);
      writeJob(job, inputs, pids, optionSets);
      const script = new URL('../oracle/oracle.sh', import.meta.url).pathname;
      const mode = separately ? 'separately' : 'together';
      const command = ['unshare', '-m', 'sh', script, job, mode, ...commandFor([])];
      const { status, stderr } = await runCommand(command);
      if (status !== 0) throw new Error(`oracle.sh: status ${status}: ${stderr}`);
      return optionSets.flatMap((options, index) =>
        readComparisons(join(job, `out.${index}`), inputs, options, separately),
      );
    } finally {
      lenders.end();
    }
  });
}

/** Processes that sleep and lend their place in /proc. */
async function startLenders(count: number): Promise<{ pids: number[]; end(): void }> {
  const loop = 'i=0; while [ $i -lt "$1" ]; do sleep 1000 & echo $!; i=$((i+1)); done; echo; wait';
  const shell = spawn('sh', ['-c', loop, 'sh', String(count)], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const end = () => {
    process.off('exit', end);
    if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid, 'SIGKILL');
  };
  process.on('exit', end);
  let text = '';
  for await (const chunk of shell.stdout) {
    text += chunk;
    if (/(^|\n)\n$/.test(text)) break;
  }
  return { pids: text.trim().split('\n').map(Number), end };
}
