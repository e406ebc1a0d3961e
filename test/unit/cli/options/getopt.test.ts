import { describe, expect, test } from 'vitest';
import { parseLeniently, parseOptions } from '../../../../src/cli/options/getopt.ts';
import type { OptionTable, ValueOption } from '../../../../src/cli/options/option.ts';
import { UsageError } from '../../../../src/model/errors/usage-error.ts';

function value(spelling: { short?: string; long: string }): ValueOption<string> {
  const parse = (text: string) => {
    if (text === 'bad') throw new UsageError('that is bad');
    return `<${text}>`;
  };
  return { kind: 'value', ...spelling, metavar: 'X', help: '', parse };
}

const TABLE = {
  extended: { kind: 'flag', short: 'x', long: 'extended', help: '' },
  more: { kind: 'count', short: 'X', help: '' },
  quiet: { kind: 'flag', short: 'q', long: 'quiet', help: '' },
  range: value({ short: 'A', long: 'range' }),
  readRc: { kind: 'flag', short: 'c', long: 'read-rc', help: '' },
  readRcFrom: value({ short: 'C', long: 'read-rc-from' }),
  layout: value({ long: 'layout' }),
  help: { kind: 'flag', short: 'h', long: 'help', isFinal: true, help: '' },
} satisfies OptionTable;

const NOTHING = {
  extended: false,
  more: 0,
  quiet: false,
  range: undefined,
  readRc: false,
  readRcFrom: undefined,
  layout: undefined,
  help: false,
};

describe('a command line', () => {
  test.each([
    ['', {}, []],
    ['1 2', {}, ['1', '2']],
    ['-x 1', { extended: true }, ['1']],
    ['1 -x 2 -q', { extended: true, quiet: true }, ['1', '2']],
    ['-qx', { extended: true, quiet: true }, []],
    ['-x -x', { extended: true }, []],
    ['-X', { more: 1 }, []],
    ['-XX', { more: 2 }, []],
    ['-XqX -X', { more: 3, quiet: true }, []],
    ['-A 10,20', { range: '<10,20>' }, []],
    ['-A10,20', { range: '<10,20>' }, []],
    ['-qA10 1', { quiet: true, range: '<10>' }, ['1']],
    ['-qA 10 1', { quiet: true, range: '<10>' }, ['1']],
    ['-Ax', { range: '<x>' }, []],
    ['-A -x', { range: '<-x>' }, []],
    ['-A --', { range: '<-->' }, []],
    ['-A=1', { range: '<=1>' }, []],
    ['--extended', { extended: true }, []],
    ['--ext --q', { extended: true, quiet: true }, []],
    ['--e', { extended: true }, []],
    ['--range 1 2', { range: '<1>' }, ['2']],
    ['--range=1 2', { range: '<1>' }, ['2']],
    ['--ra=1', { range: '<1>' }, []],
    ['--range=', { range: '<>' }, []],
    ['--range=a=b', { range: '<a=b>' }, []],
    ['--range --quiet', { range: '<--quiet>' }, []],
    ['--read-rc', { readRc: true }, []],
    ['--read-rc-f x', { readRcFrom: '<x>' }, []],
    ['--layout y', { layout: '<y>' }, []],
    ['-- -x --range', {}, ['-x', '--range']],
    ['-x -- 1 -- 2', { extended: true }, ['1', '--', '2']],
    ['- -x', { extended: true }, ['-']],
  ])('%j is taken apart', (line, values, operands) => {
    const args = line.split(' ').filter((word) => word !== '');
    const parsed = parseOptions(TABLE, args);
    expect(parsed.values).toEqual({ ...NOTHING, ...values });
    expect(parsed.operands).toEqual(operands);
  });

  test.each([
    [['-A', '1', '--range', '2'], "option '--range' is given twice"],
    [['-A', '', '-A', ''], "option '--range' is given twice"],
    [['--layout', 'x', '--layout=y'], "option '--layout' is given twice"],
  ])('%j is refused: one of two values would be ignored', (args, message) => {
    expect(() => parseOptions(TABLE, args)).toThrow(message);
  });

  test('may contain empty words', () => {
    expect(parseOptions(TABLE, ['', '-A', '']).operands).toEqual(['']);
    expect(parseOptions(TABLE, ['-A', '']).values.range).toBe('<>');
  });

  test('keeps the order of its options', () => {
    expect(parseOptions(TABLE, ['-qx', '1', '-A2', '--help']).order).toEqual([
      'quiet',
      'extended',
      'range',
      'help',
    ]);
  });
});

describe('a mistake has the message of getopt_long', () => {
  test.each([
    ['-z', "invalid option -- 'z'"],
    ['-xzq', "invalid option -- 'z'"],
    ['-x-', "invalid option -- '-'"],
    ['-xé', "invalid option -- 'é'"],
    ['-A', "option requires an argument -- 'A'"],
    ['-qA', "option requires an argument -- 'A'"],
    ['--bogus', "unrecognized option '--bogus'"],
    ['--bogus=1', "unrecognized option '--bogus=1'"],
    ['--Extended', "unrecognized option '--Extended'"],
    ['--extendedx', "unrecognized option '--extendedx'"],
    ['--x', "unrecognized option '--x'"],
    ['--range', "option '--range' requires an argument"],
    ['--ran', "option '--range' requires an argument"],
    ['--extended=1', "option '--extended' doesn't allow an argument"],
    ['--ext=', "option '--extended' doesn't allow an argument"],
    ['--r', "option '--r' is ambiguous; possibilities: '--range' '--read-rc' '--read-rc-from'"],
    ['--re', "option '--re' is ambiguous; possibilities: '--read-rc' '--read-rc-from'"],
    ['--re=1', "option '--re=1' is ambiguous; possibilities: '--read-rc' '--read-rc-from'"],
    ['-A bad', 'that is bad'],
  ])('%j', (line, message) => {
    expect(() => parseOptions(TABLE, line.split(' '))).toThrow(
      expect.objectContaining({ name: 'UsageError', message }),
    );
  });
});

describe('with POSIXLY_CORRECT', () => {
  test('options end at the first operand', () => {
    const parsed = parseOptions(TABLE, ['-q', '1', '-x', '--', '-z'], { posixlyCorrect: true });
    expect(parsed.values).toEqual({ ...NOTHING, quiet: true });
    expect(parsed.operands).toEqual(['1', '-x', '--', '-z']);
  });
});

describe('an option that acts immediately', () => {
  test('makes the parser ignore what follows', () => {
    const parsed = parseOptions(TABLE, ['-x', '--help', '--bogus', '-A']);
    expect(parsed.order).toEqual(['extended', 'help']);
  });

  test('does not undo an earlier mistake', () => {
    expect(() => parseOptions(TABLE, ['--bogus', '--help'])).toThrow('--bogus');
  });

  test('works among combined letters as well', () => {
    expect(parseOptions(TABLE, ['-xh', '-z']).order).toEqual(['extended', 'help']);
  });

  test('makes the parser ignore the letters that follow in the same word', () => {
    expect(parseOptions(TABLE, ['-hz']).order).toEqual(['help']);
  });
});

describe('a command line that is parsed leniently', () => {
  test.each([
    ['--bogus --layout y 1', { layout: '<y>' }, ['1']],
    ['--layout bad --layout y', { layout: '<y>' }, []],
    ['-z --layout', {}, []],
    ['--quiet=1 --extended', { extended: true }, []],
  ])('%j gives what can be understood', (line, values, operands) => {
    const parsed = parseLeniently(TABLE, line.split(' '));
    expect(parsed.values).toEqual({ ...NOTHING, ...values });
    expect(parsed.operands).toEqual(operands);
  });
});
