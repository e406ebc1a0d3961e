// Times one way to read a process, inside this process: node library.mjs WAY PID LEAST_MAPPINGS
// Prints as JSON the milliseconds of the first call and of those after it.
import { closeSync, openSync, readSync } from 'node:fs';
import { readMaps, readSmaps } from '../../../dist/index.js';
import idiom from './idiom.cjs';

const CALLS = 6;
const FEW = { fields: ['Rss', 'Pss'] };

function bareReads(pid, file) {
  const fd = openSync(`/proc/${pid}/${file}`, 'r');
  const buffer = Buffer.allocUnsafe(1 << 16);
  while (readSync(fd, buffer, 0, buffer.length, null) > 0);
  closeSync(fd);
  return Number.POSITIVE_INFINITY;
}

function counted(mappings) {
  let count = 0;
  for (const { end, start } of mappings) if (end > start) count++;
  return count;
}

/** Each returns the number of mappings that it read. */
const WAYS = {
  'maps bare reads': (pid) => bareReads(pid, 'maps'),
  'maps idiom': (pid) => idiom.readByIdiom(pid, 'maps').length,
  'maps iterator': (pid) => counted(readMaps(pid)),
  'maps array': (pid) => [...readMaps(pid)].length,
  'smaps bare reads': (pid) => bareReads(pid, 'smaps'),
  'smaps idiom': (pid) => idiom.readByIdiom(pid, 'smaps').length,
  'smaps two fields, iterator': (pid) => counted(readSmaps(pid, FEW)),
  'smaps two fields, array': (pid) => [...readSmaps(pid, FEW)].length,
  'smaps all fields, iterator': (pid) => counted(readSmaps(pid)),
  'smaps all fields, array': (pid) => [...readSmaps(pid)].length,
};

const [way, pid, least] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const timesMs = [];
for (let call = 0; call < CALLS; call++) {
  const start = process.hrtime.bigint();
  const count = WAYS[way](pid);
  timesMs.push(Number(process.hrtime.bigint() - start) / 1e6);
  if (count < least) throw new Error(`${way}: ${count} mappings instead of ${least}`);
}
console.log(JSON.stringify({ firstMs: timesMs[0], laterMs: timesMs.slice(1) }));
