import { findColumn } from '../../columns/catalogue.ts';
import type { Column } from '../../columns/column.ts';
import type { ChosenColumns } from '../../format/table/table-report.ts';
import type { FieldVocabulary } from '../../model/fields.ts';
import { UsageError } from '../../model/usage-error.ts';

/** A column by the name that was given, and where in the text it stands. */
type Find = (name: string) => Column | undefined;

/**
 * What `--columns LIST` comes to: names separated by commas. Where the first has a sign, `+swap` adds
 * to `base` and `-dirty` drops from it; added columns stand before the last, which is the name.
 *
 * `known` has the fields of the kernel that is read, which may be more than those known today.
 *
 * @throws UsageError for a name that is no column.
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

/** A field that the kernel did not print in this reading leaves its column empty, as another kind. */
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
