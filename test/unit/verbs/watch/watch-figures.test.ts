import { describe, expect, test } from 'vitest';
import { findColumn } from '../../../../src/columns/catalogue.ts';
import { tableTitle } from '../../../../src/columns/column.ts';
import { WATCHED } from '../../../../src/model/watch/watched.ts';
import { TITLES } from '../../../../src/verbs/watch/figure-text.ts';
import { effectOf, firstDisplay, SORTS } from '../../../../src/verbs/watch/screen/keys.ts';

describe.each(WATCHED)('the watched figure %s', (id) => {
  test('has the title of its column', () => {
    const column = findColumn(id);
    expect(column && tableTitle(column)).toBe(TITLES[id]);
  });

  test('can be sorted by', () => {
    expect(SORTS).toContain(id);
  });
});

test('the titles are the usual names of memory', () => {
  expect(TITLES).toEqual({ rss: 'RSS', pss: 'PSS', uss: 'USS', swap: 'Swap' });
});

test('the key s goes through all sort orders and begins again', () => {
  let display = firstDisplay(undefined);
  const seen = SORTS.map(() => {
    display = effectOf('s', display) as typeof display;
    return display.sort;
  });
  expect(seen).toEqual(['pss', 'uss', 'swap', 'change', 'pid', 'rss']);
});
