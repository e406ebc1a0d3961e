import { findColumn } from '../../columns/catalogue.ts';
import type { Column } from '../../columns/column.ts';
import type { ChosenColumns } from '../../format/table/table-report.ts';
import type { FieldVocabulary } from '../../model/fields.ts';
import { UsageError } from '../../model/usage-error.ts';

/** Finds a column by the name that the user wrote. */
type Find = (name: string) => Column | undefined;

/**
 * The columns that `--columns LIST` names, separated by commas. Where the first name has a sign, `+swap`
 * adds a column to `base` and `-dirty` drops one; added columns come before the last, the mapping's name.
 *
 * `known` holds the fields of the kernel that is read, which may have more than tsmap knows of.
 *
 * @throws UsageError for an unknown column.
 */
export function chooseColumns(
  list: string | undefined,
  base: readonly string[],
  known: FieldVocabulary,
): ChosenColumns {
  const ids = list === undefined ? base : applyList(list, base, (name) => findColumn(name, known));
  const fields = ids.flatMap((id) => findColumn(id, known)?.fields ?? []);
  return {
    fields: [...new Set(fields)],
    choose: (vocabulary) => ids.flatMap((id) => columnOf(id, vocabulary)),
  };
}

/** The column of that id; an empty one where the kernel did not print its field in this reading. */
function columnOf(id: string, vocabulary: FieldVocabulary): Column[] {
  const column = findColumn(id, vocabulary);
  if (column !== undefined) return [column];
  return [{ id, title: id, kind: 'text', fields: [], help: '', value: () => '' }];
}

function applyList(list: string, base: readonly string[], find: Find): string[] {
  const ids = /^[+-]/.test(list) ? [...base] : [];
  for (const part of list.split(',')) {
    const [, sign = '', name = ''] = /^([+-]?)(.*)$/.exec(part) ?? [];
    const column = find(name);
    if (column === undefined) {
      throw new UsageError(`--columns: no column '${name}'; '--columns help' lists them`);
    }
    if (sign === '-') drop(ids, column.id);
    else if (sign === '+') ids.splice(Math.max(0, ids.length - 1), 0, column.id);
    else ids.push(column.id);
  }
  if (ids.length === 0) throw new UsageError(`--columns: '${list}' leaves no column`);
  return ids;
}

function drop(ids: string[], id: string): void {
  const at = ids.indexOf(id);
  if (at < 0) throw new UsageError(`--columns: '${id}' is not among the columns of this report`);
  ids.splice(at, 1);
}
