/** A comparison as it is evaluated; `==` is read as `=`. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~';

/** What joins and negates terms; `&&`, `||` and `!` are read as these. */
export type Keyword = 'and' | 'or' | 'not';

/** A piece of a filter, and its offset in the text. */
export type Token = { readonly at: number } & (
  | { readonly type: 'open' | 'close' | 'end' }
  | { readonly type: 'keyword'; readonly keyword: Keyword }
  | { readonly type: 'operator'; readonly operator: Operator }
  | { readonly type: 'word' | 'quoted'; readonly text: string }
);

/** A piece of a filter's text that the user wrote, and its offset. */
export interface Written {
  readonly text: string;
  readonly at: number;
}

/** An operator and what stands behind it. */
export interface Comparison {
  readonly operator: Operator;
  readonly operatorAt: number;
  readonly value: Written;
}

/** Signs and what they mean; a longer sign stands before the one that it begins with. */
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
