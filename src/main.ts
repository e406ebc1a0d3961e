import { run } from './cli/run.ts';

run().then((status) => {
  process.exitCode = status;
});
