import { run } from './run/run.ts';

run().then(
  (status) => {
    // Not left to Node, which first waits for what V8 still compiles in the background: 10 ms of 100
    // at 1,000 mappings. Everything is written by now, synchronously. What could not be said on stderr
    // is in the status already.
    process.exit(status | Number(process.exitCode ?? 0));
  },
  (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.exitCode = 1;
    console.error(`tsmap: internal error, please report it: ${text}`);
  },
);
