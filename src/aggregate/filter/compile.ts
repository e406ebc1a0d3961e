import type { Column } from '../../columns/column.ts';
import type { NameRule } from '../../columns/mapping-name.ts';
import type { Mapping } from '../../model/mapping.ts';
import { FilterError } from './error.ts';
import { unknownColumn } from './nearest.ts';
import { numberTest } from './number-test.ts';
import { type Expression, parseFilter } from './parser.ts';
import { type Test, textTest } from './text-test.ts';
import type { Written } from './tokens.ts';

/** A filter ready to be asked. */
export interface Filter {
  /** The fields of smaps that it needs; none means that maps is enough. */
  readonly fields: readonly string[];
  /** Whether it asks for the kind, so that mappings have to be classified first. */
  readonly usesKind: boolean;
  /** Whether the mapping passes; `rule` says how the process's names are shown. */
  test(mapping: Mapping, rule: NameRule): boolean;
}

/**
 * Makes a filter of its text, e.g. `rss>1M and not mapping~'^lib'`. Throws FilterError.
 *
 * Columns are taken from `findColumn` once, here. The column of a field that tsmap does not know
 * reads a slot that another reading may give to another field: compile once per reading, with the
 * columns of that reading's vocabulary.
 */
export function compileFilter(
  text: string,
  findColumn: (name: string) => Column | undefined,
): Filter {
  const columns = new Set<Column>();
  const test = compile(parseFilter(text), ({ text: name, at }) => {
    const column = findColumn(name);
    if (column === undefined) throw new FilterError(unknownColumn(name), at);
    columns.add(column);
    return column;
  });
  const fields = [...new Set([...columns].flatMap((column) => column.fields))];
  return { fields, usesKind: [...columns].some(({ id }) => id === 'kind'), test };
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

/** A column by itself: a number other than zero, a text that is not empty. */
function presence(column: Column): Test {
  if (column.kind === 'text') return (mapping, rule) => column.value(mapping, rule) !== '';
  return (mapping) => (column.value(mapping) ?? 0) !== 0;
}
