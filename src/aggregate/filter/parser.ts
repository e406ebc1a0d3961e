import { ParseError } from '../parse-error.ts';
import { Lexer } from './lexer.ts';
import type { Condition, Token, Written } from './tokens.ts';

/** A parsed filter. Its columns are not looked up yet, nor its values checked. */
export type Expression =
  | { readonly type: 'all' | 'any'; readonly terms: readonly Expression[] }
  | { readonly type: 'not'; readonly term: Expression }
  | { readonly type: 'present'; readonly column: Written }
  | ({ readonly type: 'compare'; readonly column: Written } & Condition);

/** The deepest nesting of parentheses and `not` that is parsed: the parser is recursive. */
const MAX_DEPTH = 200;

/**
 * Parses a filter. `not` binds tightest, then `and`, then `or`. @throws ParseError.
 *
 *     any     = all { "or" all }
 *     all     = term { "and" term }
 *     term    = "not" term | "(" any ")" | column [ operator value ]
 */
export function parseFilter(text: string): Expression {
  const parser = new FilterParser(new Lexer(text));
  return parser.parse();
}

class FilterParser {
  readonly #lexer: Lexer;
  #token: Token;
  #depth = 0;

  constructor(lexer: Lexer) {
    this.#lexer = lexer;
    this.#token = lexer.next();
  }

  parse(): Expression {
    const expression = this.#any();
    if (this.#token.type === 'end') return expression;
    const isExtra = this.#token.type === 'close';
    throw this.#error(isExtra ? "')' without '('" : "'and' or 'or' is missing");
  }

  #any(): Expression {
    const terms = this.#joined('or', () => this.#all());
    return terms.length === 1 ? (terms[0] as Expression) : { type: 'any', terms };
  }

  #all(): Expression {
    const terms = this.#joined('and', () => this.#term());
    return terms.length === 1 ? (terms[0] as Expression) : { type: 'all', terms };
  }

  #joined(word: 'and' | 'or', read: () => Expression): Expression[] {
    const terms = [read()];
    while (this.#isKeyword(word)) {
      this.#step();
      terms.push(read());
    }
    return terms;
  }

  #term(): Expression {
    if (this.#isKeyword('not')) {
      return this.#within(() => ({ type: 'not', term: this.#term() }));
    }
    if (this.#token.type === 'open') return this.#within((opened) => this.#parenthesised(opened));
    if (this.#token.type === 'word') return this.#comparison(this.#token);
    throw this.#error('a column is missing');
  }

  /** Reads one level deeper: skips the token that opens the level and passes its offset to `read`. */
  #within(read: (opened: number) => Expression): Expression {
    if (++this.#depth > MAX_DEPTH) throw this.#error('nested too deeply');
    const opened = this.#token.at;
    this.#step();
    const expression = read(opened);
    this.#depth--;
    return expression;
  }

  #parenthesised(opened: number): Expression {
    const expression = this.#any();
    if (this.#token.type === 'end') throw new ParseError("'(' without ')'", opened);
    if (this.#token.type !== 'close') throw this.#error("'and', 'or' or ')' is missing");
    this.#step();
    return expression;
  }

  #comparison(column: Written): Expression {
    this.#step();
    if (this.#token.type !== 'operator') return { type: 'present', column };
    const { operator, at } = this.#token;
    const value = this.#lexer.value();
    if (value === undefined) throw new ParseError('a value is missing', this.#lexer.pos);
    this.#step();
    return { type: 'compare', column, operator, operatorAt: at, value };
  }

  #isKeyword(keyword: 'and' | 'or' | 'not'): boolean {
    return this.#token.type === 'keyword' && this.#token.keyword === keyword;
  }

  #step(): void {
    this.#token = this.#lexer.next();
  }

  #error(message: string): ParseError {
    return new ParseError(message, this.#token.at);
  }
}
