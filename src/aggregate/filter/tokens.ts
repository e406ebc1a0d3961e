/** A comparison operator; `==` is another spelling of `=`. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~';

/** A word that joins or negates terms; `&&`, `||` and `!` are other spellings. */
export type Keyword = 'and' | 'or' | 'not';

/** A token of a filter, with its offset in the text. */
export type Token = { readonly at: number } & (
  | { readonly type: 'open' | 'close' | 'end' }
  | { readonly type: 'keyword'; readonly keyword: Keyword }
  | { readonly type: 'operator'; readonly operator: Operator }
  | { readonly type: 'word' | 'quoted'; readonly text: string }
);

/** A name or a value that the user wrote, with its offset in the filter. */
export interface Written {
  readonly text: string;
  readonly at: number;
}

/** A comparison without its left side, the column. */
export interface Condition {
  readonly operator: Operator;
  readonly operatorAt: number;
  readonly value: Written;
}

/** Signs and their meanings. Longer signs come first: `!=` before `!`. */
export const SIGNS: readonly (readonly [sign: string, operator: Operator | Keyword])[] = [
  ['&&', 'and'],
  ['||', 'or'],
  ['!~', '!~'],
  ['!=', '!='],
  ['!', 'not'],
  ['==', '='],
  ['=', '='],
  ['<=', '<='],
  ['<', '<'],
  ['>=', '>='],
  ['>', '>'],
  ['~', '~'],
];
