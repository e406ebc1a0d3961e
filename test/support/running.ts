import { type ChildProcess, spawn } from 'node:child_process';
import { endWithTests, stateOf, until } from './processes.ts';
import { cleanEnvironment, commandFor, ROOT } from './program.ts';

/** How a run ended, and everything it printed. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** null if a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A run of the program that continues while the test does something else. */
export interface Running {
  readonly pid: number;
  /** Everything printed so far. */
  readonly printed: { readonly stdout: string; readonly stderr: string };
  /** Resolves when the run has ended and all its output has arrived. */
  readonly ended: Promise<Ended>;
  /**
   * Waits for the next line of stdout. @throws Error if the run ends or prints none for 40 seconds.
   */
  nextLine(): Promise<string>;
  /** Waits for the end of the run and returns the lines that nextLine() has not returned. */
  restOfLines(): Promise<string[]>;
  kill(signal: NodeJS.Signals): void;
  /**
   * Stops the run while `use` changes something that it would otherwise meet at an unknown moment.
   */
  whileStopped<T>(use: () => Promise<T> | T): Promise<T>;
}

/** Where a run finds the program and sends its output; the defaults are those of tsmap(). */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `pipe` is read as it comes, a number is an open file of the test. */
  readonly stdout?: 'pipe' | number;
}

/** Starts the built program. It is killed when the tests of the file are over. */
export function startTsmap(
  args: readonly string[],
  { env, stdout = 'pipe' }: StartOptions = {},
): Running {
  const [command = '', ...words] = commandFor(args);
  return follow(
    spawn(command, words, {
      cwd: ROOT,
      env: cleanEnvironment(env),
      stdio: ['ignore', stdout, 'pipe'],
    }),
  );
}

function follow(child: ChildProcess): Running {
  endWithTests(child);
  const { pid = 0 } = child;
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      printed[name] += chunk;
    });
  }
  let isOver = false;
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status, signal) => {
      isOver = true;
      resolve({ ...printed, status, signal });
    });
  });
  let at = 0;
  return {
    pid,
    printed,
    ended,
    nextLine: async () => {
      const isThere = () => printed.stdout.includes('\n', at);
      await until(() => isThere() || isOver, 'no line was printed');
      if (!isThere()) throw new Error(`the run ended: ${printed.stderr}`);
      const start = at;
      at = printed.stdout.indexOf('\n', start) + 1;
      return printed.stdout.slice(start, at - 1);
    },
    restOfLines: async () => {
      const { stdout } = await ended;
      return stdout.slice(at).split('\n').slice(0, -1);
    },
    kill: (signal) => void child.kill(signal),
    whileStopped: async (use) => {
      child.kill('SIGSTOP');
      await until(() => stateOf(pid) === 'T', `${pid} does not stop`);
      try {
        return await use();
      } finally {
        child.kill('SIGCONT');
      }
    },
  };
}
