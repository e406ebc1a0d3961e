// npm run bench: Node 20 does not run TypeScript, so the bench is bundled first. The bundle stays in
// memory, so nothing has to be removed if it is interrupted.
import { join } from 'node:path';
import { build } from 'rolldown';
import { nodeDirectory } from '../../bin/install-aside.mjs';

const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');
const { output } = await build({
  input: join(root, 'test/bench/main.ts'),
  platform: 'node',
  transform: { target: 'node20' },
  output: { format: 'esm' },
  write: false,
});
const bundle = Buffer.from(output[0].code).toString('base64');
/** `--node 22` means the newest of that version in the registry. */
const args = process.argv
  .slice(2)
  .map((arg, i, all) =>
    all[i - 1] === '--node' && /^\d+$/.test(arg) ? join(nodeDirectory(arg), 'node') : arg,
  );
const { main } = await import(`data:text/javascript;base64,${bundle}`);
process.exitCode = await main(args, root);
