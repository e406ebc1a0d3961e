import { describe, expect, test } from 'vitest';
import { wantsColor } from '../../../src/terminal/color.ts';

const XTERM = { TERM: 'xterm' };

describe('text is coloured', () => {
  test.each([
    // --color, environment, on a terminal, elsewhere
    [undefined, XTERM, true, false],
    [undefined, {}, true, false],
    ['auto', XTERM, true, false],
    ['always', XTERM, true, true],
    ['never', XTERM, false, false],
    [undefined, { TERM: 'dumb' }, false, false],
    [undefined, { ...XTERM, NO_COLOR: '1' }, false, false],
    [undefined, { ...XTERM, NO_COLOR: '0' }, false, false],
    [undefined, { ...XTERM, NO_COLOR: '' }, true, false],
    ['auto', { ...XTERM, NO_COLOR: '1' }, false, false],
    ['always', { ...XTERM, NO_COLOR: '1' }, true, true],
    ['always', { TERM: 'dumb' }, true, true],
    [undefined, { ...XTERM, FORCE_COLOR: '1' }, true, true],
    [undefined, { ...XTERM, FORCE_COLOR: '0' }, false, false],
    [undefined, { ...XTERM, FORCE_COLOR: '' }, true, false],
    [undefined, { TERM: 'dumb', FORCE_COLOR: '1' }, true, true],
    [undefined, { ...XTERM, NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],
    ['never', { ...XTERM, FORCE_COLOR: '1' }, false, false],
  ] as const)(
    'with --color %s and %j: %s on a terminal, %s elsewhere',
    (when, env, there, here) => {
      expect(wantsColor(when, env, true)).toBe(there);
      expect(wantsColor(when, env, false)).toBe(here);
    },
  );
});
