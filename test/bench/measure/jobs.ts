import { type ChildProcess, spawn } from 'node:child_process';

/** The output of a command and how it ended. */
export interface Finished {
  readonly status: number | null;
  /** The first 64 KiB of standard output. */
  readonly text: string;
  /** Number of lines of standard output. */
  readonly lines: number;
  readonly stderr: string;
}

const KEPT_BYTES = 1 << 16;
const NEWLINE = 10;
/**
 * Variables that would change what is measured: certificates cost Node 20 30 ms a start, others
 * change output.
 */
const NOT_INHERITED = [
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'NO_COLOR',
  'FORCE_COLOR',
  'TSMAP_LAYOUT',
];

/** The running commands of the bench; none outlives it. */
export class Jobs {
  readonly #running = new Set<ChildProcess>();
  readonly #environment: NodeJS.ProcessEnv = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !NOT_INHERITED.includes(name)),
  );

  /** Runs a command to its end; rejects if it cannot be started. */
  async run(command: readonly string[]): Promise<Finished> {
    const child = this.#start(command, 'ignore');
    const chunks: Buffer[] = [];
    let [stderr, lines, kept] = ['', 0, 0];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(0, KEPT_BYTES);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
      if (kept < KEPT_BYTES) chunks.push(chunk.subarray(0, KEPT_BYTES - kept));
      kept += chunk.length;
    });
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    return { status, text: Buffer.concat(chunks).toString(), lines, stderr };
  }

  /** Starts a process that prints `ready` and then waits; resolves when it has printed it. */
  async startReady(command: readonly string[]): Promise<{ pid: number; end(): void }> {
    const child = this.#start(command, 'pipe');
    let stderr = '';
    child.stderr?.on('data', (text) => {
      stderr += text;
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve());
      child.on('error', reject);
      child.on('close', () => reject(new Error(stderr.trim() || `${command[0]} ended`)));
    });
    if (child.pid === undefined) throw new Error(`${command[0]} has no process id`);
    return { pid: child.pid, end: () => child.kill('SIGKILL') };
  }

  /** Kills all commands that still run. */
  endAll(): void {
    for (const child of this.#running) child.kill('SIGKILL');
  }

  #start([program = '', ...args]: readonly string[], stdin: 'ignore' | 'pipe'): ChildProcess {
    const child = spawn(program, args, { stdio: [stdin, 'pipe', 'pipe'], env: this.#environment });
    this.#running.add(child);
    child.on('close', () => this.#running.delete(child));
    return child;
  }
}
