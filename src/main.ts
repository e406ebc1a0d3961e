import { run } from './cli/run.ts';

run().then(
  (status) => {
    // What could not be said on stderr is in the status already.
    process.exitCode = status | Number(process.exitCode ?? 0);
  },
  (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.exitCode = 1;
    console.error(`tsmap: internal error, please report it: ${text}`);
  },
);
