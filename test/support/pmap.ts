import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe } from 'vitest';
import { readComparisons, writeJob } from '../oracle/job.ts';
import { hasCommand } from './processes.ts';
import { commandFor, inTemporaryDirectory, runCommand } from './program.ts';

/** The files of a process that can be replaced for pmap. */
export type ProcessFile = 'maps' | 'smaps' | 'stat' | 'status' | 'cmdline';

/** What both programs look at: a live process, or texts in place of the files of one. */
export interface OracleInput {
  readonly name: string;
  /** A process of the test; without one, a sleeping process lends its place. */
  readonly pid?: number;
  /** Contents by file; `stat` and `status` get the pid of the process that lends its place. */
  readonly files?: Readonly<Partial<Record<ProcessFile, Buffer>>>;
}

/** What one program printed about an input. */
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
  /**
   * One tsmap per input instead of one for all: slower; for inputs that end one of the two
   * programs.
   */
  readonly separately?: boolean;
}

/** Why pmap cannot be compared with here; undefined if it can. */
export const oracleProblem: string | undefined = findProblem();
/** Whether pmap can be compared with here. */
export const canUseOracle: boolean = oracleProblem === undefined;

function findProblem(): string | undefined {
  if (!hasCommand('pmap')) return 'pmap is not installed (Debian: procps)';
  if (process.getuid?.() !== 0) return 'only root may show pmap other files than the kernel gives';
  const probe = 'mount -n --bind /proc/self/maps /proc/self/smaps';
  if (spawnSync('unshare', ['-m', 'sh', '-c', probe]).status === 0) return undefined;
  return 'unshare -m or mount --bind is refused here';
}

/** `describe` for tests that need pmap; if it cannot be used they are skipped, with the reason. */
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
 * pmap is started once per input, because it carries state over from one pid to the next; tsmap
 * once for all inputs, and its output is split at the lines that open a report. State that tsmap
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

/** Starts processes that sleep and lend their place in /proc. */
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
