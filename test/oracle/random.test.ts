import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  type Comparison,
  compareWithPmap,
  describeWithPmap,
  type OracleInput,
} from '../support/pmap.ts';
import { mapsTextOf, smapsText } from '../support/text/smaps-text.ts';
import { comparableText, optionSetsOf, REPORTS } from './matrix.ts';

const SEED = 20_251_122;
const INPUTS = 300;
const FAILURES = new URL('failures/', import.meta.url).pathname;

/** The same random texts in every run, as maps and smaps of a process. */
function randomInputs(): OracleInput[] {
  const texts = fc.sample(smapsText({ pmapSafe: true }), { seed: SEED, numRuns: INPUTS });
  return texts.map((smaps, index) => ({
    name: `random-${index}`,
    files: {
      smaps: Buffer.from(smaps, 'latin1'),
      maps: Buffer.from(mapsTextOf(smaps), 'latin1'),
    },
  }));
}

/** Keeps an input about which the two programs disagree, in the form of a fixture. */
function keep(input: OracleInput | undefined): void {
  for (const [file, content] of Object.entries(input?.files ?? {})) {
    const directory = join(FAILURES, input?.name ?? '');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, file), content);
  }
}

function isAlike({ pmap, tsmap, options }: Comparison): boolean {
  const same = comparableText(pmap.stdout, options) === comparableText(tsmap.stdout, options);
  return same && pmap.status === tsmap.status;
}

const optionSets = REPORTS.flatMap((report) => {
  const sets = optionSetsOf(report);
  const isRanged = report.modifiers === undefined;
  return [sets[0] ?? [], [...report.options, ...(isRanged ? ['-qp', '-A', '80000000,'] : ['-qp'])]];
});

describeWithPmap(`the procps layout against pmap, on ${INPUTS} random maps`, () => {
  const inputs = randomInputs();
  let comparisons: Comparison[] = [];

  beforeAll(async () => {
    comparisons = await compareWithPmap(inputs, optionSets);
  });

  test.each(optionSets.map((options) => ({ options })))('with $options', ({ options }) => {
    const all = comparisons.filter((each) => each.options.join() === options.join());
    const failed = all.filter((each) => !isAlike(each));
    for (const { input } of failed) keep(inputs.find(({ name }) => name === input));
    const shown = failed.slice(0, 3);
    const tsmap = shown.map((each) => comparableText(each.tsmap.stdout, options));
    const pmap = shown.map((each) => comparableText(each.pmap.stdout, options));
    expect(tsmap).toEqual(pmap);
    expect(failed.map(({ input }) => input)).toEqual([]);
    expect(all).toHaveLength(INPUTS);
  });
});
