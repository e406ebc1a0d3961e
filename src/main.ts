import { dispatch } from './run/dispatch.ts';

/**
 * Runs the program and ends the process with its exit status. The launcher, bin/tsmap.cjs, calls it;
 * loading this module has no effect, so other files of the program may require the file that holds it.
 */
export function main(): void {
  dispatch().then(
    (status) => {
      // Node alone would first wait for what V8 still compiles in the background: 10 ms of 100 at 1,000
      // mappings. Everything was written synchronously; a failure to write to stderr set exitCode.
      process.exit(status | Number(process.exitCode ?? 0));
    },
    (error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.exitCode = 1;
      console.error(`tsmap: internal error, please report it: ${text}`);
    },
  );
}
