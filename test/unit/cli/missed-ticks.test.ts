import { expect, test } from 'vitest';
import { MissedTicks } from '../../../src/cli/missed-ticks.ts';

test('missed ticks are reported at once, then once a minute, and at the end, and none is left out', () => {
  const said: number[] = [];
  const missed = new MissedTicks((count) => said.push(count));
  missed.add(1, 0);
  expect(said).toEqual([1]);
  for (let atMs = 1000; atMs < 60_000; atMs += 1000) missed.add(2, atMs);
  expect(said).toEqual([1]);
  missed.add(2, 60_000);
  expect(said).toEqual([1, 120]);
  missed.add(3, 60_001);
  missed.end();
  missed.end();
  expect(said).toEqual([1, 120, 3]);
});
