import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { RecordedSample } from '../../../src/recording/read/decode.ts';
import { openRecording } from '../../../src/recording/read/recording.ts';
import { ROOT } from '../../support/program.ts';

const pathOf = (name: string) => join(ROOT, 'fixtures/recordings', name);

const GAPS = [
  [0x400000, 0x4cd000, 'r-xp', '/usr/bin/gaps'],
  [0x4cf000, 0x605000, 'rw-p', '/usr/bin/gaps'],
  [0x608000, 0x79d000, 'rw-p', '[heap]'],
  [0x7a1000, 0x1166000, 'rw-p', ''],
  [0x116b000, 0x1b31000, 'rw-p', ''],
  [0x1b37000, 0x24fe000, 'rw-p', ''],
  [0x2505000, 0x2735000, 'rw-p', ''],
  [0x273d000, 0x29d1000, 'rw-p', ''],
  [0x29da000, 0x2ccd000, 'rw-p', ''],
  [0x2cd7000, 0x3029000, 'rw-p', ''],
  [0x3034000, 0x33e5000, 'rw-p', '[stack]'],
];

const KINDS = [
  ['code', 1, 839680],
  ['data', 1, 1269760],
  ['heap', 1, 1658880],
  ['anonymous', 7, 42315776],
  ['stack', 1, 3870720],
];

async function read(name: string) {
  const recording = await openRecording(pathOf(name));
  const samples: RecordedSample[] = [];
  for await (const sample of recording.samples()) samples.push(sample);
  expect(recording.problems).toEqual([]);
  return { header: recording.header, samples };
}

/** Recordings of every version of the format; these files are never made again. */
describe('a recording of version 1', () => {
  test.each(['v1-all.tsmap', 'v1-all.tsmap.gz'])('%s reads as it always did', async (name) => {
    const { header, samples } = await read(name);
    expect(header).toMatchObject({
      version: '0.1.0',
      host: undefined,
      intervalMs: 50,
      detail: 'all',
    });
    expect(header.processes).toEqual([
      { pid: 2014, startTimeTicks: 20159, comm: 'gaps', cmdline: 'gaps\0' },
      { pid: 2011, startTimeTicks: 20129, comm: 'kworker/0:1-ev', cmdline: '' },
    ]);
    expect(samples.map(({ moment, head }) => [moment, head.pid, head.state])).toEqual([
      [1, 2014, 'S'],
      [1, 2011, 'I'],
      [2, 2014, 'S'],
      [2, 2011, 'I'],
    ]);
    const [gaps, worker] = samples;
    expect(worker?.rows).toEqual([]);
    expect(
      gaps?.rows.map(({ start, end, perms, name: path }) => [start, end, perms, path]),
    ).toEqual(GAPS);
    const { vocabulary } = gaps ?? {};
    expect(vocabulary?.order.map((slot) => vocabulary.name(slot)).slice(-3)).toEqual([
      'LateKey',
      'LaterKey',
      'VmFlags',
    ]);
  });

  test('by kind reads as before', async () => {
    const { samples } = await read('v1-kind.tsmap');
    const [gaps] = samples;
    expect(gaps?.rows.map(({ kind, count, end }) => [kind, count, end])).toEqual(KINDS);
  });

  test('is the same text compressed, except for its times', () => {
    const timeless = (text: string) => text.replace(/"[\d-]{10}T[\d:.]{12}Z"/g, '""');
    const text = readFileSync(pathOf('v1-all.tsmap'), 'latin1');
    const unzipped = gunzipSync(readFileSync(pathOf('v1-all.tsmap.gz'))).toString('latin1');
    expect(timeless(unzipped)).toBe(timeless(text));
  });
});
