import { commandFor, type RunOptions, runCommand } from '../program.ts';

/**
 * Runs the program on a terminal that script(1) makes, 80 columns wide unless said otherwise, and
 * returns everything that it writes there.
 */
export async function printedOnTerminal(
  args: readonly string[],
  env: NonNullable<RunOptions['env']>,
  columns = 80,
): Promise<string> {
  const words = commandFor(args).map((word) => `'${word}'`);
  const shell = `stty cols ${columns} rows 50; ${words.join(' ')} 2>&1`;
  const { stdout } = await runCommand(['script', '-qec', shell, '/dev/null'], {
    env: { COLUMNS: undefined, ...env },
  });
  return stdout.toString().replaceAll('\r\n', '\n');
}
