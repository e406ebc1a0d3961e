import type { TextColumn } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import { fromByteString } from '../../model/byte-string.ts';
import { KINDS } from '../../model/kind.ts';
import type { Mapping } from '../../model/mapping.ts';
import { nearest } from '../nearest.ts';
import { ParseError } from '../parse-error.ts';
import type { Comparison, Written } from './tokens.ts';

/** A question about one mapping of the process whose names `rule` shows. */
export type Test = (mapping: Mapping, rule: NameRule) => boolean;

/**
 * The test of a text against what the user wrote, as the column shows it, decoded as UTF-8. A field
 * of the kernel's that the mapping does not have is neither equal nor unequal.
 */
export function textTest(column: TextColumn, comparison: Comparison): Test {
  const accepts = matcher(column, comparison);
  return (mapping, rule) => {
    const text = shownText(column, mapping, rule);
    return !isAbsent(column, text) && accepts(text);
  };
}

function matcher(column: TextColumn, comparison: Comparison): (text: string) => boolean {
  const { operator, operatorAt, value } = comparison;
  if (operator === '=' || operator === '!=') {
    if (column.id === 'kind') checkKind(value);
    const isEqual = operator === '=';
    return (text) => (text === value.text) === isEqual;
  }
  if (operator === '~' || operator === '!~') {
    const expression = compileRegExp(value);
    const isMatch = operator === '~';
    return (text) => expression.test(text) === isMatch;
  }
  throw new ParseError(`'${column.id}' is text: compare it with =, !=, ~ or !~`, operatorAt);
}

/** What the column shows, without the two blanks that indent pmap's `  [ anon ]`. */
function shownText(column: TextColumn, mapping: Mapping, rule: NameRule): string {
  const text = column.value(mapping, rule);
  return fromByteString(text.startsWith('  [ ') ? text.slice(2) : text);
}

/** Only of the kernel's fields is it known that none is there: a mapping may well have no name. */
function isAbsent(column: TextColumn, text: string): boolean {
  return text === '' && column.fields.length > 0;
}

/** With `u` where that compiles: `.` is a whole character then; some old escapes do without only. */
function compileRegExp({ text, at }: Written): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch {
    try {
      return new RegExp(text);
    } catch (error) {
      throw new ParseError(error instanceof Error ? error.message : String(error), at);
    }
  }
}

/** A kind that there is none of would match nothing, without a word. */
function checkKind({ text, at }: Written): void {
  const kinds: readonly string[] = KINDS;
  if (kinds.includes(text)) return;
  const near = nearest(text, kinds);
  const hint = near === undefined ? `there are ${kinds.join(', ')}` : `did you mean '${near}'?`;
  throw new ParseError(`unknown kind '${text}'; ${hint}`, at);
}
