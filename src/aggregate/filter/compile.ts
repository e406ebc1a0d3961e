import type { FindColumn } from '../../columns/catalogue.ts';
import { type Column, isSize } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import { type ColumnNeeds, needsOf } from '../../columns/needs.ts';
import type { Mapping } from '../../model/mapping.ts';
import { isBareSize } from '../../model/units/size.ts';
import { unknownColumn } from '../nearest.ts';
import { ParseError } from '../parse-error.ts';
import { numberTest } from './number-test.ts';
import { type Expression, parseFilter } from './parser.ts';
import { type Test, textTest } from './text-test.ts';
import type { Written } from './tokens.ts';

/** A compiled filter, and what must be read before it can be tested. */
export interface Filter extends ColumnNeeds {
  /** Whether the mapping passes; `rule` says how the process's names are shown. */
  test(mapping: Mapping, rule: NameRule): boolean;
  /** The first size that is written without a unit, if there is one. */
  readonly bareSize: string | undefined;
}

/**
 * Compiles a filter such as `rss>1M and not mapping~'^lib'`. The filter is valid for all readings that
 * share a register of slots (see FieldSlots) with the columns that `findColumn` returns.
 *
 * @throws ParseError.
 */
export function compileFilter(text: string, findColumn: FindColumn): Filter {
  const columns = new Set<Column>();
  const expression = parseFilter(text);
  const columnOf = ({ text: name, at }: Written) => {
    const column = findColumn(name);
    if (column === undefined) throw new ParseError(unknownColumn(name), at);
    columns.add(column);
    return column;
  };
  const test = compile(expression, columnOf);
  return { ...needsOf(columns), test, bareSize: bareSizeIn(expression, columnOf) };
}

function compile(expression: Expression, columnOf: (written: Written) => Column): Test {
  switch (expression.type) {
    case 'all': {
      const tests = expression.terms.map((term) => compile(term, columnOf));
      return (mapping, rule) => tests.every((test) => test(mapping, rule));
    }
    case 'any': {
      const tests = expression.terms.map((term) => compile(term, columnOf));
      return (mapping, rule) => tests.some((test) => test(mapping, rule));
    }
    case 'not': {
      const test = compile(expression.term, columnOf);
      return (mapping, rule) => !test(mapping, rule);
    }
    case 'present':
      return presence(columnOf(expression.column));
    case 'compare': {
      const column = columnOf(expression.column);
      if (column.kind === 'text') return textTest(column, expression);
      return numberTest(column, expression);
    }
  }
}

function bareSizeIn(
  expression: Expression,
  columnOf: (written: Written) => Column,
): string | undefined {
  switch (expression.type) {
    case 'present':
      return undefined;
    case 'not':
      return bareSizeIn(expression.term, columnOf);
    case 'compare': {
      const { text } = expression.value;
      return isSize(columnOf(expression.column)) && isBareSize(text) ? text : undefined;
    }
    default: {
      const found = expression.terms.map((term) => bareSizeIn(term, columnOf));
      return found.find((each) => each !== undefined);
    }
  }
}

/** A column without a comparison: whether its number is not zero, or its text not empty. */
function presence(column: Column): Test {
  if (column.kind === 'text') return (mapping, rule) => column.value(mapping, rule) !== '';
  return (mapping) => (column.value(mapping) ?? 0) !== 0;
}
