import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delimitedField, delimitedLine } from '../../../../src/format/machine/delimited-text.ts';
import { otherProgram } from '../../../support/reports.ts';

const COMMA = { delimiter: ',', onTerminal: false };
const TAB = { delimiter: '\t', onTerminal: false };

describe('a field is quoted if RFC 4180 asks for it, and only then', () => {
  test.each([
    { text: '', csv: '', tsv: '' },
    { text: 'rd wr mr', csv: 'rd wr mr', tsv: 'rd wr mr' },
    {
      text: ' leading and trailing ',
      csv: ' leading and trailing ',
      tsv: ' leading and trailing ',
    },
    { text: '=1+1', csv: '=1+1', tsv: '=1+1' },
    { text: "it's; a|b\\n", csv: "it's; a|b\\n", tsv: "it's; a|b\\n" },
    { text: '\ufeffbom \u00e9', csv: '\ufeffbom \u00e9', tsv: '\ufeffbom \u00e9' },
    { text: 'a,b', csv: '"a,b"', tsv: 'a,b' },
    { text: 'a\tb', csv: 'a\tb', tsv: '"a\tb"' },
    { text: '"', csv: '""""', tsv: '""""' },
    { text: 'a "b", "c"', csv: '"a ""b"", ""c"""', tsv: '"a ""b"", ""c"""' },
    { text: 'a\rb', csv: '"a\rb"', tsv: '"a\rb"' },
    { text: 'a\nb\r\n', csv: '"a\nb\r\n"', tsv: '"a\nb\r\n"' },
  ])('$text', ({ text, csv, tsv }) => {
    expect(delimitedField(text, COMMA)).toBe(csv);
    expect(delimitedField(text, TAB)).toBe(tsv);
  });

  test('on a terminal, control characters are replaced by ?', () => {
    const onTerminal = { delimiter: '\t', onTerminal: true };
    expect(delimitedField('a\tb\r\x1b[2J\u202e"', onTerminal)).toBe('"a?b??[2J?"""');
  });
});

test('a line has numbers, booleans and lists as text, and an empty field for what is absent', () => {
  expect(delimitedLine([1, undefined, true, ['rd', 'wr'], 'a,b'], COMMA)).toBe(
    '1,,true,rd wr,"a,b"\n',
  );
});

const PYTHON = `
import csv, io, json, sys
text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='')
json.dump(list(csv.reader(text, delimiter=sys.argv[1], strict=True)), sys.stdout)
`;
const HOSTILE = [
  ...['', ' ', ' a', 'a ', '"', '""', '"a', 'a"b"', ',', '\t', 'a,b', 'a\tb', ',"\t"\r\n,'],
  ...['\r', '\n', '\r\n', 'a\rb', 'a\nb', '=1+1', '+1', '-1', '@x', '|', ';', "'", '\\', '\\"'],
  ...['\ufeff', '\u00e9', '\ufffd', '\u2028', '\x1b[31m', '\x7f', '\u{1f600}', '#', 'null', 'NaN'],
];

describe.each([COMMA, TAB])(
  'python3 reads fields between $delimiter as they were meant',
  (form) => {
    const read = (lines: readonly (readonly string[])[]) =>
      otherProgram(
        ['python3', '-c', PYTHON, form.delimiter],
        lines.map((fields) => delimitedLine(fields, form)).join(''),
      );

    test('hostile fields, each first, in the middle and last', () => {
      const lines = HOSTILE.map((field) => [field, 'a', field, 'b', field]);
      const found = read(lines);
      if (found !== undefined) expect(found).toEqual(lines);
    });

    test('any other fields', () => {
      const unit = fc.constantFrom(...'ab"\t, \r\n;=\u00e9'.split(''));
      const fields = fc.array(fc.string({ unit }), { minLength: 2, maxLength: 6 });
      const lines = fc.sample(fields, 500);
      const found = read(lines);
      if (found !== undefined) expect(found).toEqual(lines);
    });
  },
);
