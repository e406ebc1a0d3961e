import { describe, expect, test } from 'vitest';
import { tableTitle } from '../../../../src/columns/column.ts';
import { figureWithId } from '../../../../src/columns/figures.ts';
import { QUICK_FIGURES, STANDARD_FIGURES, WATCHED } from '../../../../src/model/watch/watched.ts';
import { chosenFigures } from '../../../../src/verbs/watch/chosen-figures.ts';
import { TITLES } from '../../../../src/verbs/watch/figure-text.ts';
import { effectOf, firstDisplay } from '../../../../src/verbs/watch/screen/keys.ts';

test.each(WATCHED)('the watched figure %s has the title of its column', (id) => {
  expect(tableTitle(figureWithId(id).column)).toBe(TITLES[id]);
});

test('the titles are the usual names of memory', () => {
  expect(TITLES).toMatchObject({ rss: 'RSS', pss: 'PSS', uss: 'USS', swap: 'Swap', peak: 'Peak' });
});

describe('the figures that are watched', () => {
  const chosen = (columns?: string, quick = false) => chosenFigures({ columns, quick });

  test('are four, or with --quick three', () => {
    expect(chosen()).toEqual(STANDARD_FIGURES);
    expect(chosen(undefined, true)).toEqual(QUICK_FIGURES);
  });

  test('are those of --columns, each once, in their order', () => {
    expect(chosen('PEAK, rss,rss_anon,Rss')).toEqual(['peak', 'rss', 'rss_anon']);
    expect(chosen('-pss,-uss')).toEqual(['rss', 'swap']);
    expect(chosen('+peak', true)).toContain('peak');
  });

  test.each([
    ['pss', true, '--quick reads only status, which does not have pss; it has rss, peak, '],
    ['locked', false, "--columns: 'locked' cannot be watched; these can: rss, pss, "],
    ['mappings', false, "--columns: 'mappings' cannot be watched"],
    ['rs', false, "unknown column 'rs'"],
  ])('are refused if they cannot be read: %s, quick %s', (columns, quick, message) => {
    expect(() => chosen(columns, quick)).toThrow(message);
  });
});

test.each([
  { figures: STANDARD_FIGURES, order: ['pss', 'uss', 'swap', 'change', 'pid', 'rss'] },
  { figures: QUICK_FIGURES, order: ['peak', 'swap', 'change', 'pid', 'rss'] },
])('the key s goes through $order and begins again', ({ figures, order }) => {
  let display = firstDisplay({ by: undefined, quick: false }, figures);
  const seen = order.map(() => {
    display = effectOf('s', display) as typeof display;
    return display.sort;
  });
  expect(seen).toEqual(order);
});

test.each([
  { quick: false, modes: ['kind', 'mapping', 'total'] },
  { quick: true, modes: ['total', 'total'] },
])('the key m goes through $modes where quick is $quick', ({ quick, modes }) => {
  let display = firstDisplay({ by: undefined, quick }, STANDARD_FIGURES);
  const seen = modes.map(() => {
    display = effectOf('m', display) as typeof display;
    return display.mode;
  });
  expect(seen).toEqual(modes);
});
