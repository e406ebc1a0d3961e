import { describe, expect, test } from 'vitest';
import { type Expression, parseFilter } from '../../../../src/aggregate/filter/parser.ts';
import { ParseError } from '../../../../src/aggregate/parse-error.ts';

/** A filter with all its parentheses, operators first. */
function shape(expression: Expression): string {
  switch (expression.type) {
    case 'all':
    case 'any':
      return `(${expression.type} ${expression.terms.map(shape).join(' ')})`;
    case 'not':
      return `(not ${shape(expression.term)})`;
    case 'present':
      return expression.column.text;
    case 'compare':
      return `(${expression.operator} ${expression.column.text} ${JSON.stringify(expression.value.text)})`;
  }
}

function parsed(text: string): string {
  return shape(parseFilter(text));
}

describe('a filter', () => {
  test.each([
    ['rss', 'rss'],
    ['rss>1M', '(> rss "1M")'],
    ['rss >= 1M', '(>= rss "1M")'],
    ['rss==1', '(= rss "1")'],
    ['rss<=1', '(<= rss "1")'],
    ['mapping !~ x', '(!~ mapping "x")'],
    ['mapping!=x', '(!= mapping "x")'],
    ['a or b and c', '(any a (all b c))'],
    ['a and b or c', '(any (all a b) c)'],
    ['(a or b) and c', '(all (any a b) c)'],
    ['not a and b', '(all (not a) b)'],
    ['not (a and b)', '(not (all a b))'],
    ['!a||!!b', '(any (not a) (not (not b)))'],
    ['a AND b Or NOT c', '(any (all a b) (not c))'],
    ['rss>1M&&pss>2M||swap', '(any (all (> rss "1M") (> pss "2M")) swap)'],
    ['  ( a )  ', 'a'],
    ['((((a))))', 'a'],
  ])('%s is read as %s', (text, expected) => {
    expect(parsed(text)).toBe(expected);
  });

  test.each([
    ['mapping~lib.*\\.so', 'lib.*\\.so'],
    ['mapping~^/usr/lib(32|64)?/', '^/usr/lib(32|64)?/'],
    ['(mapping~(a)(b))', '(a)(b)'],
    ['(mapping~a)', 'a'],
    ['(mapping~a\\))', 'a\\)'],
    ['mapping~a|b', 'a|b'],
    ['mapping=a=b~c<d>!', 'a=b~c<d>!'],
    ['mapping=[heap]', '[heap]'],
    ["mapping='[ anon ]'", '[ anon ]'],
    ['mapping="two words)"', 'two words)'],
    ['mapping="it\'s"', "it's"],
    ["mapping='it\\'s'", "it's"],
    ["mapping~'lib.*\\.so'", 'lib.*\\.so'],
    ["mapping~'back\\\\'", 'back\\\\'],
    ["mapping=''", ''],
    ['mapping=and', 'and'],
    ['mapping~x\\', 'x\\'],
    ['mapping=漢字', '漢字'],
  ])('takes the value of %s as it is', (text, value) => {
    const expression = parseFilter(text);
    expect(expression.type === 'compare' && expression.value.text).toBe(value);
  });

  test.each([
    ['', 0, 'a column is missing'],
    ['   ', 3, 'a column is missing'],
    ['>1', 0, 'a column is missing'],
    ['rss >', 5, 'a value is missing'],
    ['rss > ', 6, 'a value is missing'],
    ['(rss>)', 5, 'a value is missing'],
    ['rss> && pss', 5, 'a value is missing'],
    ['rss and', 7, 'a column is missing'],
    ['rss and or pss', 8, 'a column is missing'],
    ['not', 3, 'a column is missing'],
    ['()', 1, 'a column is missing'],
    ['a and (b or c', 6, "'(' without ')'"],
    ['(a (b)', 3, "'and', 'or' or ')' is missing"],
    ['a)', 1, "')' without '('"],
    ['a b', 2, "'and' or 'or' is missing"],
    ['a & b', 2, "'&' must be written '&&'"],
    ['a | b', 2, "'|' must be written '||'"],
    ["mapping='x", 8, 'unterminated quote'],
    ['mapping="x\'', 8, 'unterminated quote'],
    ["'rss'>1", 0, 'a column is missing'],
  ])('%j is refused at %d', (text, at, message) => {
    const error = failure(text);
    expect([error.at, error.message]).toEqual([at, message]);
  });

  test.each([
    ['parentheses', '('.repeat(100_000)],
    ['closed parentheses', `${'('.repeat(50_000)}a${')'.repeat(50_000)}`],
    ['negations', '!'.repeat(100_000)],
    ['negations in words', 'not '.repeat(100_000)],
  ])('100,000 %s are too many', (_, text) => {
    expect(failure(text).message).toBe('nested too deeply');
  });

  test('100,000 terms side by side are accepted', () => {
    const expression = parseFilter(Array(100_000).fill('a').join(' or '));
    expect(expression.type === 'any' && expression.terms).toHaveLength(100_000);
  });
});

function failure(text: string): ParseError {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error(`${text} was taken`);
}
