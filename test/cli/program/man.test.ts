import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../../src/cli/exit-status.ts';
import { type Option, spellings } from '../../../src/cli/options/option.ts';
import { HELP } from '../../../src/cli/options/shared-options.ts';
import { FIGURES } from '../../../src/columns/figures.ts';
import { KINDS } from '../../../src/model/kind.ts';
import { REGISTRY } from '../../../src/run/registry.ts';
import { MAP_OPTIONS } from '../../../src/verbs/map/options.ts';
import { onlyWith } from '../../support/processes.ts';
import { FIXTURES, ROOT, runCommand, tsmap } from '../../support/program.ts';

const PAGE = join(ROOT, 'man/tsmap.1');
const source = readFileSync(PAGE, 'utf8');
const options = Object.values<Option>(MAP_OPTIONS);

/** Where options are described: those of a verb in the section that is called as the verb. */
const places = [{ heading: 'OPTIONS', options }];
for (const [verb, { load }] of Object.entries(REGISTRY.verbs)) {
  const { options: own } = await load();
  // --help is the same behind every verb and described once.
  const options = Object.values<Option>(own).filter((option) => option !== HELP);
  places.push({ heading: verb.toUpperCase(), options });
}
const allOptions = places.flatMap((place) => place.options);

/** A line of man(7) as text: without macro, fonts and escapes. */
function plain(line: string): string {
  const [, macro, rest = ''] = /^\.([BIR]{1,2}) (.*)$/.exec(line) ?? [];
  const text = macro === undefined ? line : macroText(macro, rest);
  return text
    .replace(/\\f[BIRP]/g, '')
    .replaceAll('\\-', '-')
    .replaceAll('\\(ti', '~')
    .replaceAll('\\(ha', '^')
    .replaceAll('\\(aq', "'")
    .replaceAll('\\e', '\\')
    .replaceAll('\\&', '');
}

/** Macros of two fonts join their arguments, those of one keep the blanks between them. */
function macroText(macro: string, rest: string): string {
  const args = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word);
  return args.join(macro.length === 2 ? '' : ' ');
}

/** The sections by heading, as plain lines. */
const sections = new Map(
  source
    .split(/^\.SH /m)
    .slice(1)
    .map((text): [string, string[]] => {
      const [heading = '', ...lines] = text.replaceAll('\\c\n', '').split('\n');
      return [heading.replaceAll('"', ''), lines.map(plain)];
    }),
);

function section(heading: string): string[] {
  return sections.get(heading) ?? [];
}

/** The lines that open the entries of a section (`.TP` or `.TQ` stands before each). */
function tags(heading: string): string[] {
  const lines = section(heading);
  return lines.filter((_, index) => /^\.T[PQ]$/.test(lines[index - 1] ?? ''));
}

test('the manual page has its sections in order', () => {
  expect([...sections.keys()]).toEqual([
    'NAME',
    'SYNOPSIS',
    'DESCRIPTION',
    'OPTIONS',
    'FIELDS',
    'COLUMNS',
    'FILTERS',
    'KINDS',
    'CHOOSING PROCESSES',
    'SAVED FILES',
    'MACHINE FORMATS',
    'RC FILE',
    'VERBS',
    'SUMMARY',
    'WATCH',
    'RECORD',
    'DIFF',
    'CHECK',
    'ENVIRONMENT',
    'FILES',
    'EXIT STATUS',
    'EXAMPLES',
    'DIFFERENCES FROM PMAP',
    'SEE ALSO',
  ]);
});

describe('the manual page describes', () => {
  const spelled = places.flatMap(({ heading, options }) =>
    options.flatMap(spellings).map((spelling) => ({ heading, spelling })),
  );
  test.each(spelled)('in $heading the option $spelling', ({ heading, spelling }) => {
    const words = tags(heading).flatMap((tag) => tag.split(/[ ,]+/));
    expect(words).toContain(spelling);
  });

  const values = places.flatMap(({ heading, options }) =>
    options.flatMap((option) => {
      if (option.kind !== 'value') return [];
      const { metavar } = option;
      return spellings(option).map((spelling) => ({ heading, spelling, metavar }));
    }),
  );
  test.each(values)(
    'in $heading the value of $spelling, $metavar',
    ({ heading, spelling, metavar }) => {
      const found = tags(heading).filter((tag) => tag.includes(`${spelling} ${metavar}`));
      expect(found).toHaveLength(1);
    },
  );

  const choices = options.flatMap((option) => {
    if (option.kind !== 'value' || option.choices === undefined) return [];
    return option.choices.map((word) => ({ long: option.long, word }));
  });
  test.each(choices)('--$long $word', ({ long, word }) => {
    const text = section('OPTIONS').join('\n');
    const entry = text.split('.TP\n').find((part) => part.startsWith(`--${long} `));
    expect(entry).toMatch(new RegExp(`\\b${word}\\b`));
  });

  test.each(Object.entries(REGISTRY.verbs))('the verb %s', (verb, { synopsis }) => {
    const found = tags('VERBS').map((tag) => tag.replaceAll(' | ', '|'));
    expect(found).toContain(`tsmap ${verb} ${synopsis}`);
  });

  test.each(KINDS)('the kind %s', (kind) => {
    expect(tags('KINDS')).toContain(kind);
  });

  test.each(FIGURES.map(({ column }) => column.id))('the figure %s', (figure) => {
    expect(tags('SUMMARY')).toContain(figure);
  });

  test.each([
    ['MACHINE FORMATS', 'tsmap.snapshot/1'],
    ['SUMMARY', 'tsmap.summary/1'],
    ['DIFF', 'tsmap.diff/1'],
    ['CHECK', 'tsmap.check/1'],
    ['RECORD', 'tsmap.recording/1'],
  ])('in %s the schema %s', (heading, schema) => {
    expect(section(heading).join('\n')).toContain(schema);
  });

  test.each(Object.values(EXIT))('the exit status %d', (status) => {
    expect(tags('EXIT STATUS')).toContain(String(status));
  });

  test.each([
    'TSMAP_LAYOUT',
    'NO_COLOR',
    'FORCE_COLOR',
    'TERM',
    'COLUMNS',
    'HOME',
    'POSIXLY_CORRECT',
  ])('the environment variable %s', (name) => {
    expect(tags('ENVIRONMENT')).toContain(name);
  });
});

describe('the manual page names nothing that does not exist:', () => {
  /** The page without the command lines in its examples and without other programs. */
  const body = [...sections.values()].flat().filter((line) => !/^34751: |\| sort /.test(line));
  /** Values of --sort and --columns may begin with a dash, and are not options. */
  const text = body.join('\n').replace(/(?<=--(sort|columns) )-\S+|^-rss\.?$/gm, '');
  const written = new Set(text.match(/(?<![-\w/.])--?[a-zA-Z][-\w]*/g));

  test.each([...written].filter((word) => word.startsWith('--')))('%s', (word) => {
    const shortened = ['--ext'];
    expect([...allOptions.flatMap(spellings), ...shortened]).toContain(word);
  });

  test.each([...written].filter((word) => !word.startsWith('--')))('%s', (word) => {
    // Letters can be combined, and what follows -A may be its value.
    const letters = [...word.slice(1).replace(/(?<=A).*/, '')].map((letter) => `-${letter}`);
    const known = allOptions.flatMap(spellings);
    expect(letters.filter((letter) => !known.includes(letter))).toEqual([]);
  });

  test('verbs', () => {
    const called = body.join('\n').match(/(?<=\btsmap )[a-z]{3,}(?= (bash|zsh|fish|PID))/g) ?? [];
    expect(called).toContain('completion');
    expect(called.filter((word) => !Object.hasOwn(REGISTRY.verbs, word))).toEqual([]);
  });
});

describe('the manual page shows what the program prints:', () => {
  const blocks =
    section('EXAMPLES')
      .join('\n')
      .match(/(?<=^\.EX\n)\$ (.|\n)*?(?=^\.EE$)/gm) ?? [];

  /** The words of a command line, those in single quotes without them. */
  function wordsOf(line: string): string[] {
    return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
  }

  test('there are such examples', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(3);
  });

  test.each(blocks.map((block) => ({ command: block.split('\n', 1)[0] ?? '', block })))(
    '$command',
    async ({ command, block }) => {
      const args = wordsOf(command.replace('$ tsmap ', ''));
      const verb = Object.hasOwn(REGISTRY.verbs, args[0] ?? '') ? args.splice(0, 1) : [];
      const { stdout, stderr, status } = await tsmap([...verb, '--proc-root', FIXTURES, ...args]);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      expect(`${command}\n${stdout.toString('utf8')}`).toBe(block);
    },
  );
});

const mandocTest = test.runIf(onlyWith('mandoc', 'what mandoc makes of the manual page'));

mandocTest('mandoc -T lint finds nothing in the manual page', async () => {
  const { stdout, stderr, status } = await runCommand(['mandoc', '-T', 'lint', PAGE]);
  expect({ stdout: stdout.toString('utf8'), stderr, status }).toEqual({
    stdout: '',
    stderr: '',
    status: 0,
  });
});

mandocTest('the manual page fits into 80 columns, command lines of examples apart', async () => {
  const { stdout } = await runCommand(['mandoc', '-T', 'utf8', '-O', 'width=80', PAGE]);
  // Bold is a character, a backspace, and the character again.
  const characters = [...stdout.toString('utf8')];
  const once = characters.filter((each, at) => each !== '\b' && characters[at + 1] !== '\b');
  const lines = once.join('').split('\n');
  const wide = lines.filter((line) => line.length > 80);
  expect(wide.filter((line) => !line.trimStart().startsWith('34751:'))).toEqual([]);
});
