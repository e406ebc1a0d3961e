import type { Detail } from '../../model/detail.ts';
import type { FieldValue } from '../../model/fields.ts';
import { KINDS, type Kind } from '../../model/kind.ts';
import { type Mapping, NO_MAPPING } from '../../model/mapping.ts';
import { LEADING_COLUMNS } from '../columns.ts';
import type { LeadingColumnsJson } from '../format.ts';
import { asBytes, asHex, asItems, asNumber, asText, FormatError, oneOf } from '../json-shape.ts';
import { valuesOf } from './line-parts.ts';

const DEVICE = /^([0-9a-f]{2,16}):([0-9a-f]{2,16})$/;

/** The column of a field. */
export interface FieldInRow {
  readonly slot: number;
  readonly isBytes: boolean;
}

/** Cells of these columns, not checked yet. */
type Cells<Columns extends readonly string[]> = { readonly [At in keyof Columns]: unknown };
type MappingCells = Cells<LeadingColumnsJson['all']>;
type GroupCells = Cells<LeadingColumnsJson['mapping']>;

/** Names of a row and of its cells in messages. */
interface RowNames {
  readonly row: string;
  readonly cell: string;
}

/** How many bytes of rows are parsed at a time. */
const BATCH_BYTES = 32 * 1024;
/** A path has at most 4 KB, and JSON takes six characters for one of its bytes at worst. */
const MAX_ROW_BYTES = 256 * 1024;

/**
 * Decodes the rows of a sample, given as JSON, one by one; `kinds` are those of mappings.
 *
 * @throws FormatError.
 */
export function* decodeRows(
  rowsJson: Buffer,
  detail: Detail,
  columns: readonly FieldInRow[],
  kinds?: Iterator<Kind | undefined>,
): Generator<Mapping, void, void> {
  let index = 0;
  for (const batch of valuesOf(rowsJson, BATCH_BYTES, MAX_ROW_BYTES)) {
    for (const json of batch) {
      const row = decodeRow(json, index++, detail, columns);
      const kind = detail === 'all' ? kinds?.next().value : undefined;
      yield kind === undefined ? row : Object.assign(row, { kind });
    }
  }
}

function decodeRow(
  json: unknown,
  index: number,
  detail: Detail,
  columns: readonly FieldInRow[],
): Mapping {
  const names = { row: `row ${index + 1}`, cell: `a cell of row ${index + 1}` };
  const { row, cell } = names;
  const cells = asItems(json, row);
  const before = LEADING_COLUMNS[detail].length;
  if (cells.length < before || cells.length > before + columns.length) {
    throw new FormatError(`${row} has ${cells.length} cells`);
  }
  const values: FieldValue[] = [];
  for (let at = before; at < cells.length; at++) {
    const { slot, isBytes } = columns[at - before] as FieldInRow;
    while (values.length <= slot) values.push(undefined);
    values[slot] = decodeValue(cells[at], isBytes, cell);
  }
  if (detail === 'total') return { ...NO_MAPPING, values };
  if (detail === 'all') return decodeMapping(cells as unknown as MappingCells, values, names);
  return decodeGroup(cells as unknown as GroupCells, values, names);
}

function decodeValue(value: unknown, isBytes: boolean, what: string): FieldValue {
  if (value === null) return undefined;
  if (typeof value !== 'number') return asBytes(value, what);
  return isBytes ? asNumber(value, what) / 1024 : asNumber(value, what);
}

function decodeMapping(
  [start, end, perms, offset, device, inode, name]: MappingCells,
  values: FieldValue[],
  { row, cell }: RowNames,
): Mapping {
  const [deviceMajor, deviceMinor] = asDevice(device);
  const mapping = {
    start: asHex(start, cell),
    end: asHex(end, cell),
    perms: asPerms(perms, row),
    offset: asHex(offset, cell),
    deviceMajor,
    deviceMinor,
    inode: asText(inode, cell),
    name: asName(name, row),
    values,
  };
  if (!/^\d{1,40}$/.test(mapping.inode)) throw new FormatError(`${row} has a wrong inode`);
  if (mapping.end < mapping.start) throw new FormatError(`${row} ends before it begins`);
  return mapping;
}

function decodeGroup(
  [name, perms, kind, count, size]: GroupCells,
  values: FieldValue[],
  { row, cell }: RowNames,
): Mapping {
  const known: Kind | undefined = kind === null ? undefined : oneOf(kind, KINDS, cell);
  return {
    ...NO_MAPPING,
    end: asNumber(size, cell),
    perms: asPerms(perms, row),
    name: asName(name, row),
    values,
    ...(known === undefined ? {} : { kind: known }),
    ...(count === null ? {} : { count: asNumber(count, cell) }),
  };
}

function asPerms(value: unknown, what: string): string {
  const perms = asBytes(value, what);
  if (perms.length === 4 && !perms.includes('\n')) return perms;
  throw new FormatError(`${what} has wrong permissions`);
}

/** The kernel writes a newline as `\012`. A real one would break the lines of every report. */
function asName(value: unknown, what: string): string {
  const name = asBytes(value, what);
  if (!name.includes('\n')) return name;
  throw new FormatError(`${what} has a newline in its name`);
}

/** The numbers of a device. @throws FormatError. */
export function asDevice(value: unknown): [number, number] {
  const [, major, minor] = typeof value === 'string' ? (DEVICE.exec(value) ?? []) : [];
  return [asHex(major, 'a device'), asHex(minor, 'a device')];
}
