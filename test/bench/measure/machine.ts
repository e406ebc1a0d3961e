import { cpus, loadavg, release } from 'node:os';
import type { Machine } from '../report/results.ts';
import type { Jobs } from './jobs.ts';

/** A description of this machine. */
export async function thisMachine(jobs: Jobs): Promise<Machine> {
  const pmap = await jobs.run(['pmap', '-V']).catch(() => undefined);
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    kernel: release(),
    node: process.versions.node,
    pmap: pmap?.text.trim() ?? 'no pmap',
    date: new Date().toISOString().slice(0, 10),
    load: loadavg()[0] ?? 0,
  };
}
