import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { aloneProgram, endChild, endWithTests, testProgram } from './processes.ts';
import { cleanEnvironment } from './program.ts';

/** A process whose memory follows commands; see test/programs/steps.c. */
export interface Steps {
  readonly pid: number;
  /** Gives a command and waits for its answer; for a new area its number and address follow `ok`. */
  say(command: string): Promise<string>;
  /** Gives a command that makes an area; its number and address. */
  area(command: string): Promise<{ readonly number: number; readonly address: string }>;
  /** Kills it and waits until it is gone. */
  end(): Promise<void>;
}

/** Starts test/programs/steps.c. */
export async function startSteps(): Promise<Steps> {
  return follow(testProgram('steps'));
}

/** Starts it so that its PSS and USS change by its commands alone; see aloneProgram(). */
export async function startStepsAlone(): Promise<Steps> {
  return follow(aloneProgram('steps'));
}

/** Starts the program and waits until it is ready. */
async function follow(program: string): Promise<Steps> {
  const child = spawn(program, { env: cleanEnvironment() });
  endWithTests(child);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk;
  });
  const answer = async (): Promise<string> => {
    const { value, done } = await answers.next();
    if (done) throw new Error(`steps ended: ${complaint}`);
    return value;
  };
  const say = (command: string): Promise<string> => {
    child.stdin.write(`${command}\n`);
    return answer();
  };
  await answer();
  return {
    pid: child.pid ?? 0,
    say,
    area: async (command) => {
      const [, number = '', address = ''] = (await say(command)).split(' ');
      return { number: Number(number), address };
    },
    end: () => endChild(child),
  };
}
