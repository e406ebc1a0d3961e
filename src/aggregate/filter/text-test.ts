import type { TextColumn } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import { fromByteString } from '../../model/byte-string.ts';
import { KINDS } from '../../model/kind.ts';
import type { Mapping } from '../../model/mapping.ts';
import { nearest } from '../nearest.ts';
import { ParseError } from '../parse-error.ts';
import type { Condition, Written } from './tokens.ts';

/** Whether a mapping passes; `rule` says how names of its process are shown. */
export type Test = (mapping: Mapping, rule: NameRule) => boolean;

/**
 * Compares a column's text, as shown and decoded as UTF-8, with what the user wrote. A mapping without
 * the field that the column shows passes no comparison, not even `!=`.
 */
export function textTest(column: TextColumn, condition: Condition): Test {
  const accepts = matcher(column, condition);
  return (mapping, rule) => {
    const text = shownText(column, mapping, rule);
    return !isAbsent(column, text) && accepts(text);
  };
}

function matcher(column: TextColumn, condition: Condition): (text: string) => boolean {
  const { operator, operatorAt, value } = condition;
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

/** The text of the column, without the two blanks that indent pmap's `  [ anon ]`. */
function shownText(column: TextColumn, mapping: Mapping, rule: NameRule): string {
  const text = column.value(mapping, rule);
  return fromByteString(text.startsWith('  [ ') ? text.slice(2) : text);
}

/** Empty text in a column of a field means that the field is missing; a name can be empty. */
function isAbsent(column: TextColumn, text: string): boolean {
  return text === '' && column.fields.length > 0;
}

/** Uses the flag `u`, so that `.` is a whole character, unless the text compiles only without it. */
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

/** Rejects a kind that does not exist, since it would silently match nothing. */
function checkKind({ text, at }: Written): void {
  const kinds: readonly string[] = KINDS;
  if (kinds.includes(text)) return;
  const near = nearest(text, kinds);
  const hint = near === undefined ? `there are ${kinds.join(', ')}` : `did you mean '${near}'?`;
  throw new ParseError(`unknown kind '${text}'; ${hint}`, at);
}
