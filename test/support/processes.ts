import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { cleanEnvironment } from './program.ts';

/** A process that a test starts and reads. */
export interface Subject {
  readonly pid: number;
  /** What it printed until it was ready; empty if it prints nothing. */
  readonly said: string;
  /** Stops the process and waits until it stands still. */
  stop(): Promise<Subject>;
  /** Kills it and waits until it is gone. */
  end(): Promise<void>;
}

/**
 * Long enough for a busy machine, and shorter than a test may take, so that the complaint is shown.
 */
const READY_TIMEOUT_MS = 40_000;
const running = new Set<ChildProcess>();

function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
}
const directories = new Set<string>();
process.on('exit', killAll);

/** Called at the top of a test file: kills the processes that it started when its tests are over. */
export function endProcessesAfterwards(): void {
  afterAll(async () => {
    await Promise.all([...running].map(endChild));
    killAll();
  });
}

/** Starts a process that prints `ready` when its memory does not change any more. */
export async function startReady(command: string, args: readonly string[] = []): Promise<Subject> {
  const child = start(command, args, 'pipe');
  return subject(child, await readyLine(child, command));
}

/** Starts a program of test/programs; `odd` and `known` get a scratch directory of their own. */
export async function startProgram(
  name: 'odd' | 'many' | 'churn' | 'known',
  count = 40,
): Promise<Subject> {
  const args = {
    odd: () => [scratch()],
    many: () => [String(count)],
    churn: () => [],
    known: () => [scratch()],
  }[name]();
  return startReady(testProgram(name), args);
}

/** Starts test/programs/odd.c so that it shares no page with another process; see aloneProgram(). */
export async function startOddAlone(): Promise<Subject> {
  return startReady(aloneProgram('odd'), [scratch()]);
}

/** The path of a program that was built from test/programs. */
export function testProgram(name: string): string {
  const directory = process.env['TSMAP_TEST_PROGRAMS'];
  if (directory !== undefined) return join(directory, name);
  throw new Error('TSMAP_TEST_PROGRAMS is not set: test/support/global-setup.ts did not run');
}

/**
 * The path of a copy of a program that is linked statically. What runs from it shares no page with
 * another process, so its PSS and USS stay the same while others start and end.
 */
export function aloneProgram(name: 'odd' | 'steps'): string {
  const copy = join(scratch(), name);
  copyFileSync(testProgram(`${name}-static`), copy);
  return copy;
}

/** Starts `sleep` and waits until it sleeps. */
export async function startSleep(): Promise<Subject> {
  const child = start('sleep', ['1000'], 'ignore');
  const started = subject(child);
  await until(() => stateOf(started.pid) === 'S', 'sleep does not fall asleep');
  return started;
}

/** Starts a shell that waits for input. */
export async function startShell(): Promise<Subject> {
  return startReady('/bin/sh', ['-c', 'echo ready; read -r line']);
}

/** Whether a command can be started here. */
export function hasCommand(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** Whether a command can be started here; if not, prints that `what` is skipped. */
export function onlyWith(command: string, what: string): boolean {
  const isThere = hasCommand(command);
  if (!isThere) console.warn(`skipped: ${what}: ${command} is not installed`);
  return isThere;
}

/** Starts a shell that renames itself to `comm`, from inside, because exec sets the name. */
export async function startNamed(comm: string): Promise<Subject> {
  const script = 'printf %s "$1" >/proc/$$/comm; echo ready; read -r line';
  return startReady('/bin/sh', ['-c', script, 'sh', comm]);
}

/** The state letter in /proc/PID/stat; undefined if there is no such process. */
export function stateOf(pid: number): string | undefined {
  try {
    return /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];
  } catch {
    return undefined;
  }
}

/** Waits until `isSo` returns true. @throws Error with the complaint if it takes too long. */
export async function until(isSo: () => boolean, complaint: string): Promise<void> {
  for (const end = Date.now() + READY_TIMEOUT_MS; !isSo(); ) {
    if (Date.now() > end) throw new Error(complaint);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Makes sure that a child does not outlive the tests. */
export function endWithTests(child: ChildProcess): void {
  running.add(child);
  child.on('exit', () => running.delete(child));
}

function start(command: string, args: readonly string[], stdio: 'pipe' | 'ignore'): ChildProcess {
  const child = spawn(command, args, { stdio: [stdio, stdio, 'ignore'], env: cleanEnvironment() });
  endWithTests(child);
  return child;
}

function subject(child: ChildProcess, said = ''): Subject {
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${child.spawnfile}`);
  const self: Subject = {
    pid,
    said,
    stop: async () => {
      child.kill('SIGSTOP');
      await until(() => stateOf(pid) === 'T', `${pid} does not stop`);
      return self;
    },
    end: () => endChild(child),
  };
  return self;
}

/** Kills a child and waits until it is gone. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}

function readyLine(child: ChildProcess, command: string): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${command} ${why} before it was ready`));
    const timer = setTimeout(() => fail('took too long'), READY_TIMEOUT_MS);
    child.on('error', reject);
    child.on('exit', () => fail('ended'));
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      // The line may arrive in pieces.
      if (!/ready[^\n]*\n/.test(said)) return;
      clearTimeout(timer);
      resolve(said);
    });
  });
}

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-odd-'));
  directories.add(directory);
  return directory;
}
