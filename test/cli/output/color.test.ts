import { describe, expect, test } from 'vitest';
import { onlyWith } from '../../support/processes.ts';
import { FIXTURES, type RunOptions, tsmap } from '../../support/program.ts';
import { printedOnTerminal } from '../../support/system/script-terminal.ts';

type Env = NonNullable<RunOptions['env']>;

const ESC = '\x1b';
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
const SEQUENCES = /\x1b\[[0-9;]*m/g;
const dim = (text: string) => `${ESC}[2m${text}${ESC}[22m`;
const bold = (text: string) => `${ESC}[1m${text}${ESC}[22m`;
const red = (text: string) => `${ESC}[31m${text}${ESC}[39m`;

const args = (...more: string[]) => ['--proc-root', FIXTURES, ...more];
const plainOf = async (...more: string[]) => (await tsmap(args(...more))).stdout.toString();

describe('without a terminal', () => {
  test.each<{ name: string; more: string[]; env?: Env }>([
    { name: 'by default', more: [] },
    { name: 'with --color auto', more: ['--color', 'auto'] },
    { name: 'with a TERM that has colours', more: [], env: { TERM: 'xterm-256color' } },
    { name: 'with COLORTERM', more: [], env: { COLORTERM: 'truecolor' } },
  ])('there is no escape sequence $name', async ({ more, env = {} }) => {
    const { stdout } = await tsmap(args('-x', ...more, '2010'), { env });
    expect(stdout.includes(ESC)).toBe(false);
  });

  test.each<{ name: string; more: string[]; env: Env; colored: boolean }>([
    { name: 'FORCE_COLOR=1', more: [], env: { FORCE_COLOR: '1' }, colored: true },
    { name: 'FORCE_COLOR=0', more: [], env: { FORCE_COLOR: '0' }, colored: false },
    {
      name: 'NO_COLOR before FORCE_COLOR',
      more: [],
      env: { NO_COLOR: '1', FORCE_COLOR: '1' },
      colored: false,
    },
    {
      name: '--color always before NO_COLOR',
      more: ['--color', 'always'],
      env: { NO_COLOR: '1' },
      colored: true,
    },
    {
      name: '--color never before FORCE_COLOR',
      more: ['--color', 'never'],
      env: { FORCE_COLOR: '1' },
      colored: false,
    },
  ])('$name decides', async ({ more, env, colored }) => {
    const { stdout } = await tsmap(args('-x', ...more, '2010'), { env });
    expect(stdout.includes(ESC)).toBe(colored);
  });

  test.each([
    { options: [] },
    { options: ['-x'] },
    { options: ['-d'] },
    { options: ['-x', '-q'] },
    { options: ['-x', '--layout', 'procps'] },
  ])('colour changes no text with $options', async ({ options }) => {
    for (const pid of ['34751', '1004', '2009', '2010', '2011', '2016']) {
      const { stdout } = await tsmap(args(...options, '--color', 'always', pid));
      expect(stdout.toString().replace(SEQUENCES, '')).toBe(await plainOf(...options, pid));
    }
  });
});

const hasScript = onlyWith('script', 'colour on a terminal');

describe.runIf(hasScript)('on a terminal', () => {
  const onTerminal = async (words: string[], env = { TERM: 'xterm' } as Env) => {
    const text = await printedOnTerminal(args(...words), env);
    return text.split('\n');
  };

  test('the heading is dim, the total bold, memory both writable and executable red', async () => {
    const lines = await onTerminal(['-x', '2010']);
    const marked = lines.filter((line) => line.includes(ESC));
    expect(marked).toEqual([
      dim('Address           Kbytes     RSS   Dirty Mode   Mapping'),
      red('000000000092c000    2260    1800     904 rwx--    [ anon ]'),
      red('0000000000b67000    2640    2104    1056 rwxs-    [ anon ]'),
      red('0000000002584000    5300    4232    2120 -wx--    [ anon ]'),
      red('0000000002abf000    5680    4536    2272 -wxs-    [ anon ]'),
      dim('----------------  ------  ------  ------'),
      bold('total kB     94489376220 4680323189 2445717183'),
    ]);
  });

  test('the text without its escape sequences is the plain text', async () => {
    const lines = await onTerminal(['-d', '34751']);
    expect(lines.join('\n').replace(SEQUENCES, '')).toBe(await plainOf('-d', '34751'));
  });

  test.each<{ name: string; more: string[]; env: Env }>([
    { name: 'NO_COLOR', more: [], env: { TERM: 'xterm', NO_COLOR: '1' } },
    { name: 'TERM=dumb', more: [], env: { TERM: 'dumb' } },
    { name: '--color never', more: ['--color', 'never'], env: { TERM: 'xterm' } },
  ])('$name leaves no escape sequence', async ({ more, env }) => {
    expect((await onTerminal(['-x', ...more, '2010'], env)).join('\n')).not.toContain(ESC);
  });

  test('an empty NO_COLOR has no effect', async () => {
    const lines = await onTerminal(['-x', '2010'], { TERM: 'xterm', NO_COLOR: '' });
    expect(lines.join('\n')).toContain(ESC);
  });

  test.each([['-x'], ['-p'], ['-k']])(
    'names have no control characters with %s',
    async (option) => {
      const text = (await onTerminal([option, '2009', '2013', '2016'])).join('\n');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are looked for
      expect(text.replace(SEQUENCES, '')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
      expect(text).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      expect(text).toContain('漢字');
    },
  );
});
