import { describe, expect, test } from 'vitest';
import { pmapLayout } from '../../../src/format/pmap-layouts.ts';

describe('on a system with addresses of 32 bits', () => {
  test.each([
    [
      'classic',
      'Address   Kbytes     RSS   Dirty Mode   Mapping',
      '--------  ------  ------  ------',
    ],
    [
      'procps',
      'Address   Kbytes     RSS   Dirty Mode  Mapping',
      '-------- ------- ------- ------- ',
    ],
  ] as const)('%s -x has a heading and a rule that are narrower', (name, header, rule) => {
    const layout = pmapLayout(name, 'extended', 8);
    expect(layout.header).toBe(header);
    expect(layout.rule).toBe(rule);
    expect(layout.cells[0]?.width).toBe(8);
  });

  test('the totals stand below the columns', () => {
    expect(pmapLayout('procps', 'extended', 8).footer[0]).toBe('total kB ');
    expect(pmapLayout('classic', 'extended', 8).footer[1]).toMatchObject({ width: 7 });
    expect(pmapLayout('procps', 'default', 8).footer[1]).toMatchObject({ width: 8 });
  });
});
