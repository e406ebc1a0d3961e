import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import { describe, expect, test } from 'vitest';
import { KERNEL_FAMILIES } from '../../../support/text/kernel-families.ts';
import { MUTATIONS, mutated, seededRandom } from '../../../support/text/mutations.ts';
import { referenceReading } from '../../../support/text/reference-reader.ts';

/** By hand: `TSMAP_MUTATIONS=1000000 npm test -- test/unit/proc/maps/mutations.test.ts`. */
const COUNT = process.env['TSMAP_MUTATIONS'] ?? '24000';
const SEED = '20261126';
const SWEEP = new URL('../../../support/text/mutation-sweep.ts', import.meta.url).pathname;

test('each damaged text is read as the reference reads it, or its damage is told', {
  timeout: 3_600_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-sweep-'));
  try {
    const program = join(directory, 'sweep.mjs');
    await build({ input: SWEEP, platform: 'node', output: { file: program }, logLevel: 'warn' });
    const failures = execFileSync(process.execPath, [program, COUNT, SEED], { encoding: 'utf8' });
    expect(JSON.parse(failures)).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

describe('the mutations', () => {
  test.each(Object.keys(MUTATIONS))('change a text: %s', (name) => {
    const random = seededRandom(1);
    const original = KERNEL_FAMILIES['6.18'] ?? '';
    const changed = Array.from({ length: 20 }, () => MUTATIONS[name]?.(original, random));
    expect(changed.filter((text) => text !== original).length).toBeGreaterThan(10);
  });

  test('leave a good share of the texts undamaged, so that equality is tested as well', () => {
    const random = seededRandom(2);
    const texts = Array.from(
      { length: 1000 },
      () => mutated(KERNEL_FAMILIES['6.18'] ?? '', random).text,
    );
    const told = texts.filter((text) => referenceReading(text).damaged.length > 0).length;
    expect(told).toBeGreaterThan(300);
    expect(told).toBeLessThan(800);
  });
});
