import { FIXTURES, tsmap } from '../program.ts';

/** Runs `tsmap check`, on the fixtures unless another root is given. */
export async function check(...args: string[]) {
  const root = args.includes('--proc-root') ? [] : ['--proc-root', FIXTURES];
  const { stdout, stderr, status, signal } = await tsmap(['check', ...root, ...args]);
  return { stdout: stdout.toString('latin1'), stderr, status, signal };
}
