import { describe, expect, test } from 'vitest';
import { calledName, readInvocation } from '../../../src/cli/invocation.ts';

describe('the program is called', () => {
  test.each([
    ['/usr/bin/tsmap', 'tsmap', 'classic'],
    ['tsmap', 'tsmap', 'classic'],
    ['/usr/local/bin/pmap', 'pmap', 'procps'],
    ['pmap', 'pmap', 'procps'],
    ['/opt/pmap/tsmap.cjs', 'tsmap', 'classic'],
    ['/usr/bin/xpmap', 'tsmap', 'classic'],
    ['/usr/bin/pmap.cjs', 'tsmap', 'classic'],
  ])('%s', (path, name, layout) => {
    expect(calledName(['/usr/bin/node', path])).toBe(name);
    const invocation = readInvocation(['/usr/bin/node', path, '-x', '1'], {}, 'x64');
    expect(invocation).toMatchObject({ name, args: ['-x', '1'], posixlyCorrect: false });
    expect(invocation.layout()).toBe(layout);
  });

  test('without a path at all', () => {
    expect(readInvocation(['/usr/bin/node'], {}, 'x64')).toMatchObject({ name: 'tsmap', args: [] });
  });
});

describe('the environment', () => {
  test.each([
    ['procps', 'tsmap', 'procps'],
    ['classic', 'pmap', 'classic'],
    ['', 'tsmap', 'classic'],
    ['', 'pmap', 'procps'],
  ])('TSMAP_LAYOUT=%j decides for %s: %s', (text, name, layout) => {
    expect(readInvocation(['node', name], { TSMAP_LAYOUT: text }, 'x64').layout()).toBe(layout);
  });

  test('with an unknown layout is a mistake', () => {
    expect(() =>
      readInvocation(['node', 'tsmap'], { TSMAP_LAYOUT: 'Classic' }, 'x64').layout(),
    ).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: "TSMAP_LAYOUT: 'Classic' is not one of classic, procps",
      }),
    );
  });

  test.each([
    [{}, false],
    [{ POSIXLY_CORRECT: '' }, true],
    [{ POSIXLY_CORRECT: '1' }, true],
  ])('%j ends options at the first operand: %s', (env, expected) => {
    expect(readInvocation(['node', 'tsmap'], env, 'x64').posixlyCorrect).toBe(expected);
  });
});

test.each([
  { arch: 'x64', digits: 16 },
  { arch: 'arm64', digits: 16 },
  { arch: 'arm', digits: 8 },
  { arch: 'ia32', digits: 8 },
])('an address has $digits digits in pmap layouts on $arch', ({ arch, digits }) => {
  expect(readInvocation(['node', 'tsmap'], {}, arch).addressWidth).toBe(digits);
});
