import { ParseError } from '../parse-error.ts';
import { type Keyword, type Operator, SIGNS, type Token, type Written } from './tokens.ts';

const WORD = /[^\s()<>=!~&|'"]+/y;
const BLANKS = /\s*/y;
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not'] satisfies Keyword[]);

function isKeyword(text: string): text is Keyword {
  return KEYWORDS.has(text);
}

/**
 * Cuts a filter into pieces, one at a time.
 *
 * What follows a comparison is asked for with `value`, not `next`: a path or a regular expression
 * may hold any sign, so without quotes it goes to the next blank, `&&`, `||` or to a closing
 * parenthesis that it did not open.
 */
export class Lexer {
  readonly #text: string;
  #pos = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Offset of what was not read yet. */
  get pos(): number {
    return this.#pos;
  }

  /** The next piece; at the end of the text a token of type `end`, again and again. */
  next(): Token {
    const at = this.#skipBlanks();
    const char = this.#text[at];
    if (char === undefined) return { at, type: 'end' };
    if (char === '(' || char === ')') return this.#parenthesis(char);
    if (char === '"' || char === "'") return { at, type: 'quoted', text: this.#quoted(char) };
    return this.#sign() ?? this.#word();
  }

  /** The right side of a comparison; undefined where there is none. */
  value(): Written | undefined {
    const at = this.#skipBlanks();
    const char = this.#text[at];
    if (char === '"' || char === "'") return { at, text: this.#quoted(char) };
    this.#pos = this.#endOfValue(at);
    return this.#pos === at ? undefined : { at, text: this.#text.slice(at, this.#pos) };
  }

  #skipBlanks(): number {
    BLANKS.lastIndex = this.#pos;
    this.#pos += BLANKS.exec(this.#text)?.[0].length ?? 0;
    return this.#pos;
  }

  #parenthesis(char: string): Token {
    return { at: this.#pos++, type: char === '(' ? 'open' : 'close' };
  }

  #sign(): Token | undefined {
    const at = this.#pos;
    const found = SIGNS.find(([sign]) => this.#text.startsWith(sign, at));
    if (found === undefined) return undefined;
    const [sign, meaning] = found;
    this.#pos += sign.length;
    if (isKeyword(meaning)) return { at, type: 'keyword', keyword: meaning };
    return { at, type: 'operator', operator: meaning as Operator };
  }

  #word(): Token {
    const at = this.#pos;
    WORD.lastIndex = at;
    const text = WORD.exec(this.#text)?.[0];
    if (text === undefined) throw new ParseError(`'${this.#text[at]}' has to be doubled`, at);
    this.#pos += text.length;
    const keyword = text.toLowerCase();
    return isKeyword(keyword) ? { at, type: 'keyword', keyword } : { at, type: 'word', text };
  }

  /** A backslash stays, for it belongs to a regular expression, save before the closing quote. */
  #quoted(quote: string): string {
    const start = this.#pos;
    let text = '';
    for (let i = start + 1; i < this.#text.length; i++) {
      const char = this.#text.charAt(i);
      if (char === quote) {
        this.#pos = i + 1;
        return text;
      }
      if (char === '\\') text += this.#text.charAt(++i) === quote ? quote : this.#pair(i);
      else text += char;
    }
    throw new ParseError('quote without its end', start);
  }

  #pair(second: number): string {
    return this.#text.slice(second - 1, second + 1);
  }

  #endOfValue(start: number): number {
    let depth = 0;
    let i = start;
    for (; i < this.#text.length; i++) {
      const char = this.#text.charAt(i);
      if (char === '\\') i++;
      else if (char === '(') depth++;
      else if (/\s/.test(char) || (char === ')' && depth-- === 0)) return i;
      else if (this.#text.startsWith('&&', i) || this.#text.startsWith('||', i)) return i;
    }
    return Math.min(i, this.#text.length);
  }
}
