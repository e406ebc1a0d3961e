import { describe, expect, test } from 'vitest';
import { FIXTURES, inTemporaryDirectory, tsmap } from '../../support/program.ts';

const AT = ['--proc-root', FIXTURES];
const SAVED = `${FIXTURES}/34751/smaps`;
const KIB = 'a number without a unit is KiB here: write 500K to say so (500B is bytes)\n';
const BYTES = 'a number without a unit is bytes here: write 500B to say so (500K is KiB)\n';

describe('a size without a unit keeps its meaning, and one line says what it is', () => {
  test.each([
    { args: [...AT, '--filter', 'rss>500 or size<500', '34751'], message: `--filter: ${KIB}` },
    { args: ['summary', ...AT, '--filter', 'not rss>500', '34751'], message: `--filter: ${KIB}` },
    { args: ['diff', '--filter', 'rss>500', SAVED, SAVED], message: `--filter: ${KIB}` },
    {
      args: ['check', ...AT, '--max-rss', '500', '--warn-rss', '500', '34751'],
      message: `--max-rss: ${BYTES}`,
    },
    {
      args: ['check', ...AT, '--max-growth', 'mappings=1/1ms,rss=500/1ms', '34751'],
      message: `--max-growth: ${BYTES}`,
    },
    {
      args: ['diff', '--exit-status', '--more-than', '500', SAVED, SAVED],
      message: `--more-than: ${BYTES}`,
    },
  ])('$args', async ({ args, message }) => {
    expect((await tsmap(args)).stderr).toBe(`tsmap: ${message}`);
  });

  test.each([
    [...AT, '--filter', 'rss>500K and mappings>1 and address>500', '34751'],
    [...AT, '--filter', 'rss>0', '34751'],
    ['check', ...AT, '--max-swap', '0', '--max-rss', '500KiB', '--max-mappings', '500', '34751'],
    ['check', ...AT, '--max-growth', 'mappings=500/1ms,rss=1.5K/1ms', '34751'],
  ])('nothing is said of what is plain: %j', async (...args) => {
    expect((await tsmap(args)).stderr).toBe('');
  });
});

/** 500 KiB is 512,000 bytes, 500 KB is 500,000. */
const SPELLINGS = [
  { size: '500000B', bytes: 500_000 },
  { size: '500KB', bytes: 500_000 },
  { size: '500K', bytes: 512_000 },
  { size: '500KiB', bytes: 512_000 },
];

test('record says it, too', async () => {
  const args = ['record', ...AT, '--count', '1', '-q', '--max-size', '500'];
  await inTemporaryDirectory(async (directory) => {
    const { stderr } = await tsmap([...args, '-o', `${directory}/new.tsmap`, '34751']);
    expect(stderr).toBe(`tsmap: --max-size: ${BYTES}`);
  });
});

test('a wrong command line gets one line, about what is wrong', async () => {
  const { stderr } = await tsmap(['check', '--max-rss', '500', '--interval', '1s', '1']);
  expect(stderr).toMatch(/^tsmap: --interval [^\n]+\n$/);
});

describe('a size with a unit means the same everywhere:', () => {
  test.each(SPELLINGS)('$size is $bytes bytes', async ({ size, bytes }) => {
    const { stdout } = await tsmap([
      'check',
      ...AT,
      '--json',
      '--max-rss',
      size,
      '--max-growth',
      `rss=${size}/1ms`,
      '34751',
    ]);
    const limits = JSON.parse(stdout.toString()).checks.map(({ max }: { max: number }) => max);
    expect(limits).toEqual([bytes, bytes]);
    // All rows that are larger, in the language of filters and by hand.
    const columns = ['--columns', 'size', '--json', '34751'];
    const sizesOf = async (...args: readonly string[]) =>
      JSON.parse(
        (await tsmap([...AT, ...args, ...columns])).stdout.toString(),
      ).processes[0].mappings.map(({ size_bytes }: { size_bytes: number }) => size_bytes);
    const all: number[] = await sizesOf();
    const larger = await sizesOf('--filter', `size>=${size}`);
    expect(larger).toEqual(all.filter((each) => each >= bytes));
    expect(larger.length).toBeGreaterThan(3);
  });
});
