import { execFileSync, type IOType, spawn } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The directory that holds package.json. */
export const ROOT = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
/** An executable to test instead of the script, as a path from ROOT. */
const executable = process.env['TSMAP_TEST_PROGRAM'];
/** Whether the tests start that executable. */
export const isExecutable: boolean = executable !== undefined;
/** The file that a user starts. */
export const PROGRAM = resolve(ROOT, executable ?? 'bin/tsmap.cjs');
/** The fixtures' proc root, as a path from ROOT. */
export const FIXTURES = 'fixtures/proc';
/**
 * A process id that the program accepts, although no process of Linux has it (the highest is
 * 4194304).
 */
export const NO_SUCH_PID = '2147483647';

/** The output of a run and how it ended. */
export interface Result {
  readonly stdout: Buffer;
  readonly stderr: string;
  /** null if a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How the program is run. */
export interface RunOptions {
  /** Added to the environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly input?: string | Buffer;
  /**
   * Where output goes: `pipe` is read to its end, `file` a regular file, `full` a device without
   * room, `closed` a pipe whose reader is gone.
   */
  readonly stdout?: 'pipe' | 'file' | 'full' | 'closed';
  /** A command that runs the program, e.g. `['setpriv', '--reuid=65534']`. */
  readonly wrapper?: readonly string[];
  /** Another path of the program, for example a link. */
  readonly program?: string;
}

const NOT_INHERITED = ['NODE_EXTRA_CA_CERTS', 'NO_COLOR', 'FORCE_COLOR', 'TSMAP_LAYOUT'];

/** The environment of the program: that of the tests without variables that change its output. */
export function cleanEnvironment(env: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = { ...process.env };
  for (const name of [...NOT_INHERITED, 'POSIXLY_CORRECT', 'NODE_OPTIONS']) delete clean[name];
  return Object.fromEntries(
    Object.entries({ ...clean, ...env }).filter(([, value]) => value !== undefined),
  );
}

/** The words of a command that starts the program. */
export function commandFor(args: readonly string[], program = PROGRAM): string[] {
  return [...(isExecutable ? [] : [process.execPath]), program, ...args];
}

/** Whether Node runs the program; if not, prints that `what` is skipped, and why. */
export function onlyUnderNode(what: string, why: string): boolean {
  if (isExecutable) console.warn(`skipped: ${what}: ${why}`);
  return !isExecutable;
}

/** Runs the built program to its end. */
export async function tsmap(args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const command = [...(options.wrapper ?? []), ...commandFor(args, options.program)];
  return runCommand(command, options);
}

/** Runs any command to its end, in the environment of the program. */
export async function runCommand(
  [command = '', ...args]: readonly string[],
  { env, input, stdout = 'pipe' }: RunOptions = {},
): Promise<Result> {
  const target = openTarget(stdout);
  try {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: cleanEnvironment(env),
      stdio: [input === undefined ? 'ignore' : 'pipe', target.stdio, 'pipe'],
    });
    const chunks: Buffer[] = [];
    let stderr = '';
    child.stdin?.end(input);
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
      (resolve, reject) => {
        child.on('error', reject);
        child.on('close', (...how) => resolve(how));
      },
    );
    return { stdout: target.content() ?? Buffer.concat(chunks), stderr, status, signal };
  } finally {
    target.close();
  }
}

interface Target {
  readonly stdio: IOType | number;
  /** The output, unless it is read from a stream. */
  content(): Buffer | undefined;
  close(): void;
}

function openTarget(kind: NonNullable<RunOptions['stdout']>): Target {
  if (kind === 'pipe') return { stdio: 'pipe', content: () => undefined, close: () => {} };
  if (kind === 'full') {
    const fd = openSync('/dev/full', 'w');
    return { stdio: fd, content: () => Buffer.alloc(0), close: () => closeSync(fd) };
  }
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-run-'));
  const path = join(directory, 'stdout');
  const fd = kind === 'file' ? openSync(path, 'w') : openPipe(path).closeReader();
  const close = () => {
    closeSync(fd);
    rmSync(directory, { recursive: true });
  };
  return {
    stdio: fd,
    content: () => (kind === 'file' ? readFileSync(path) : Buffer.alloc(0)),
    close,
  };
}

/** Makes a pipe at `path` and opens both ends. (The `'pipe'` of a child process is a socket.) */
export function openPipe(path: string) {
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  const closeReader = (): number => {
    closeSync(reader);
    return writer;
  };
  return { reader, writer, closeReader };
}

/** Passes an empty directory to `use`, and removes it afterwards with its contents. */
export async function inTemporaryDirectory<T>(use: (path: string) => Promise<T> | T): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-test-'));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Refuses to test an old program if the global setup, which builds it, did not run. */
function refuseStaleProgram(): void {
  if (process.env['TSMAP_TEST_PROGRAMS'] !== undefined) return;
  const built =
    statSync(join(ROOT, 'dist/program/core.cjs'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const newer = sources.filter((name) => {
    const stat = statSync(join(ROOT, 'src', name));
    return stat.isFile() && stat.mtimeMs > built;
  });
  if (newer.length > 0) {
    throw new Error(`dist/program/core.cjs is older than src/${newer[0]}: npm run build:program`);
  }
}

refuseStaleProgram();
