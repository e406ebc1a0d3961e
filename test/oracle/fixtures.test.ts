import { beforeAll, describe, expect, test } from 'vitest';
import { type Comparison, compareWithPmap, describeWithPmap } from '../support/pmap.ts';
import {
  comparableText,
  FIXTURE_NAMES,
  fixtureInput,
  isComparable,
  optionSetsOf,
  REPORTS,
} from './matrix.ts';

describeWithPmap('the procps layout against pmap', () => {
  describe.each(REPORTS)('$name', (report) => {
    const fixtures = FIXTURE_NAMES.filter((name) => isComparable(name, report));
    let comparisons: Comparison[] = [];

    beforeAll(async () => {
      comparisons = await compareWithPmap(fixtures.map(fixtureInput), optionSetsOf(report));
    });

    describe.each(optionSetsOf(report).map((options) => ({ options })))(
      '$options',
      ({ options }) => {
        test.each(fixtures)('prints the bytes of pmap for %s', (fixture) => {
          const found = comparisons.find(
            (each) => each.input === fixture && each.options.join() === options.join(),
          );
          expect(found).toBeDefined();
          if (found === undefined) return;
          expect(comparableText(found.tsmap.stdout, found.options)).toBe(
            comparableText(found.pmap.stdout, found.options),
          );
          expect(found.tsmap.status).toBe(found.pmap.status);
        });
      },
    );
  });
});
