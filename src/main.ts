import { dispatch } from './run/dispatch.ts';

/**
 * Runs the program and ends the process with its exit status. The launcher, bin/tsmap.cjs, calls it.
 * Loading this module has no effect, so that other files of the program may load the one that contains it.
 */
export function main(): void {
  dispatch().then(
    (status) => {
      // Without this, Node waits for V8's compiler in the background: 10 ms of 100 at 1,000 mappings. All
      // output was written synchronously; a failure to write to stderr has set exitCode.
      process.exit(status | Number(process.exitCode ?? 0));
    },
    (error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.exitCode = 1;
      console.error(`tsmap: internal error, please report it: ${text}`);
    },
  );
}
