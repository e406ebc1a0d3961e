import type { Jobs } from './jobs.ts';

/** The cost of one run of a command. */
export interface Usage {
  readonly wallMs: number;
  readonly userMs: number;
  readonly systemMs: number;
  readonly peakKib: number;
}

/**
 * Runs a command through programs/measure.c, its output to /dev/null.
 *
 * @throws Error if it does not end with status 0.
 */
export async function measure(
  jobs: Jobs,
  helper: string,
  command: readonly string[],
): Promise<Usage> {
  const { status, text, stderr } = await jobs.run([helper, ...command]);
  if (status !== 0) {
    throw new Error(`${command.join(' ')}: status ${status}: ${stderr.trim().slice(0, 500)}`);
  }
  return usageIn(text);
}

/**
 * Parses the line of the helper: nanoseconds, twice microseconds, KiB. @throws Error on another
 * line.
 */
export function usageIn(text: string): Usage {
  const found = /^(\d+) (\d+) (\d+) (\d+)\n$/.exec(text);
  if (found === null) throw new Error(`the measuring program said ${JSON.stringify(text)}`);
  const [wallNs = 0, userUs = 0, systemUs = 0, peakKib = 0] = found.slice(1).map(Number);
  return { wallMs: wallNs / 1e6, userMs: userUs / 1000, systemMs: systemUs / 1000, peakKib };
}
