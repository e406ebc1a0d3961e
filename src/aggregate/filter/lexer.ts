import { ParseError } from '../parse-error.ts';
import { type Keyword, type Operator, SIGNS, type Token, type Written } from './tokens.ts';

const WORD = /[^\s()<>=!~&|'"]+/y;
const BLANKS = /\s*/y;
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not'] satisfies Keyword[]);

function isKeyword(text: string): text is Keyword {
  return KEYWORDS.has(text);
}

/** The message for a single `&` or `|`, the only characters that cannot begin a token. */
function doubled(char: string): string {
  return `'${char}' must be written '${char}${char}'`;
}

/**
 * Splits a filter into tokens, one at a time.
 *
 * The right side of a comparison is read with `value`, not `next`: a path or a regular expression may
 * contain any sign. Without quotes it ends at the next blank, `&&` or `||`, or at a closing parenthesis
 * without an opening one in the value.
 */
export class Lexer {
  readonly #text: string;
  #pos = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Offset of the text that has not been read yet. */
  get pos(): number {
    return this.#pos;
  }

  /** The next token. At the end of the text every call returns a token of type `end`. */
  next(): Token {
    const at = this.#skipBlanks();
    const char = this.#text[at];
    if (char === undefined) return { at, type: 'end' };
    if (char === '(' || char === ')') return this.#parenthesis(char);
    if (char === '"' || char === "'") return { at, type: 'quoted', text: this.#quoted(char) };
    return this.#sign() ?? this.#word();
  }

  /** The right side of a comparison; undefined if it is missing. */
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
    if (text === undefined) throw new ParseError(doubled(this.#text.charAt(at)), at);
    this.#pos += text.length;
    const keyword = text.toLowerCase();
    return isKeyword(keyword) ? { at, type: 'keyword', keyword } : { at, type: 'word', text };
  }

  /** Backslashes are kept, since they belong to regular expressions, except before the quote itself. */
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
    throw new ParseError('unterminated quote', start);
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
