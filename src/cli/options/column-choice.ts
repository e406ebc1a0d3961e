import { unknownColumn } from '../../aggregate/nearest.ts';
import type { FindColumn } from '../../columns/catalogue.ts';
import type { Column } from '../../columns/column.ts';
import { findFigure } from '../../columns/figures.ts';
import { needsOf } from '../../columns/needs.ts';
import type { ChosenColumns } from '../../format/table/table-report.ts';
import { mistakeIn, UsageError } from '../../model/errors/usage-error.ts';

/**
 * The columns chosen by `--columns LIST`, names separated by commas. If the first name has a sign, the
 * list edits `base`, the columns of the report: `+swap` adds a column, `-dirty` removes one. A column is
 * added before the last one, which is the name of the mapping.
 *
 * @throws UsageError for an unknown column.
 */
export function chooseColumns(
  list: string | undefined,
  base: readonly string[],
  findColumn: FindColumn,
): ChosenColumns {
  const standard = base.flatMap((id) => findColumn(id) ?? []);
  const columns = list === undefined ? standard : applyList(list, standard, findColumn);
  return { columns, ...needsOf(columns) };
}

function applyList(list: string, base: readonly Column[], findColumn: FindColumn): Column[] {
  const chosen = /^\s*[+-]/.test(list) ? [...base] : [];
  let next = 0;
  for (const part of list.split(',')) {
    const at = next;
    next += part.length + 1;
    const [, sign = '', name = ''] = /^([+-]?)(.*)$/.exec(part.trim()) ?? [];
    const column = findColumn(name);
    if (column === undefined) throw unknownColumnIn(list, name, at);
    if (sign === '-') remove(chosen, column);
    else if (sign === '+') chosen.splice(Math.max(0, chosen.length - 1), 0, column);
    else chosen.push(column);
  }
  if (chosen.length === 0) throw new UsageError(`--columns: '${list}' leaves no column to show`);
  return chosen;
}

function unknownColumnIn(list: string, name: string, at: number): UsageError {
  const message = name === '' ? 'a column is missing' : unknownColumn(name);
  const isElsewhere = findFigure(name) !== undefined;
  const hint = message.endsWith('?') || isElsewhere ? '' : "; '--columns help' lists them";
  return mistakeIn('--columns', list, { message: message + hint, at });
}

function remove(chosen: Column[], { id }: Column): void {
  const at = chosen.findIndex((column) => column.id === id);
  if (at < 0) throw new UsageError(`--columns: '${id}' is not a column of this report`);
  chosen.splice(at, 1);
}
