import type { TextColumn } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import { fromByteString } from '../../model/byte-string.ts';
import { KINDS } from '../../model/kind.ts';
import type { Mapping } from '../../model/mapping.ts';
import { nearest } from '../nearest.ts';
import { ParseError } from '../parse-error.ts';
import type { Comparison, Written } from './tokens.ts';

/** Whether a mapping passes; `rule` says how names of its process are shown. */
export type Test = (mapping: Mapping, rule: NameRule) => boolean;

/**
 * Compares a column's text, as it is shown and decoded as UTF-8, with what the user wrote. A mapping
 * that lacks the kernel's field passes neither `=` nor `!=`.
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

/** The text of the column, without the two blanks that indent pmap's `  [ anon ]`. */
function shownText(column: TextColumn, mapping: Mapping, rule: NameRule): string {
  const text = column.value(mapping, rule);
  return fromByteString(text.startsWith('  [ ') ? text.slice(2) : text);
}

/** An empty text means that a field is missing; a name may well be empty. */
function isAbsent(column: TextColumn, text: string): boolean {
  return text === '' && column.fields.length > 0;
}

/** With the flag `u`, so that `.` is a whole character, unless old escapes compile only without it. */
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
