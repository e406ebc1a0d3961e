import { DETAILS, type Detail } from '../../model/detail.ts';
import { type FieldSlots, type FieldValue, FieldVocabulary } from '../../model/fields.ts';
import { KINDS, type Kind } from '../../model/kind.ts';
import { type Mapping, NO_MAPPING } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { Sample } from '../../model/sample.ts';
import { FIELD_KIND_OF, LEADING_COLUMNS, UNITS } from '../columns.ts';
import type { LeadingColumnsJson, SampleJson, SampleProcessJson, UnitJson } from '../format.ts';
import { decodeIdentity } from '../header.ts';
import {
  asBytes,
  asCount,
  asHex,
  asItems,
  asNumber,
  asObject,
  asText,
  asTime,
  FormatError,
  type Members,
  oneOf,
  optional,
} from '../json-shape.ts';
import { deviceText } from '../json-text.ts';

/** A recorded sample; see SampleJson. */
export interface RecordedSample extends Sample {
  /** Number of the moment that it belongs to. */
  readonly moment: number;
  /** The name of the process's user, if it is known. */
  readonly user: string | undefined;
}

/** The kernel has about thirty. Decoding takes time quadratic in their number. */
const MAX_COLUMNS = 1000;
const DEVICE = /^([0-9a-f]{2,16}):([0-9a-f]{2,16})$/;

/** The column of a field. */
interface FieldInRow {
  readonly slot: number;
  readonly isBytes: boolean;
}

/**
 * Decodes the parsed line of a sample; see SampleJson. `slots` assigns slots to the fields; by
 * default the sample has a register of its own.
 *
 * @throws FormatError.
 */
export function decodeSample(line: unknown, slots?: FieldSlots): RecordedSample {
  const get = asObject<SampleJson>(line, 'the line');
  const detail = oneOf(get('detail'), DETAILS, 'detail');
  const shared = new Set(
    asItems(get('shared_memory_devices'), 'shared_memory_devices').map((each) =>
      deviceText(...asDevice(each)),
    ),
  );
  const names = columnNames(get('columns'), detail);
  const { vocabulary, columns } = decodeFields(names, get('fields'), slots);
  const who = asObject<SampleProcessJson>(get('process'), 'process');
  return {
    moment: asCount(get('moment'), 'moment'),
    takenAtMs: asTime(get('taken_at'), 'taken_at'),
    head: decodeProcess(who),
    user: optional(who('user'), 'user', asText),
    detail,
    vocabulary,
    isSharedMemoryDevice: (major, minor) => shared.has(deviceText(major, minor)),
    rows: asItems(get('rows'), 'rows').map((row, index) => decodeRow(row, index, detail, columns)),
  };
}

function decodeProcess(get: Members<SampleProcessJson>): ProcessHead {
  const identity = decodeIdentity(get);
  const state = asBytes(get('state'), 'state');
  if (state.length > 1) throw new FormatError('state is not a letter');
  return {
    ...identity,
    askedPid: asCount(get('asked_pid'), 'asked_pid'),
    state,
    startStack: asHex(get('start_stack'), 'start_stack'),
  };
}

/** The names of the columns of fields, which come after the leading columns. */
function columnNames(columnsJson: unknown, detail: Detail): readonly string[] {
  const names = asItems(columnsJson, 'columns').map((each) => asBytes(each, 'columns'));
  if (names.length > MAX_COLUMNS) {
    const limit = `at most ${MAX_COLUMNS} are allowed`;
    throw new FormatError(`columns has ${names.length} names, and ${limit}`);
  }
  const before = LEADING_COLUMNS[detail];
  if (before.some((name, index) => names[index] !== name)) {
    throw new FormatError(`columns do not begin with ${before.join(', ')}`);
  }
  const fields = names.slice(before.length);
  if (fields.some((name) => !/^[!-9;-~]+$/.test(name))) {
    throw new FormatError('columns has a name that is not a field');
  }
  if (new Set(fields).size < fields.length) throw new FormatError('columns has a name twice');
  return fields;
}

/** Restores the vocabulary of the reading: the slots of its fields, and their order. */
function decodeFields(
  names: readonly string[],
  fieldsJson: unknown,
  register: FieldSlots | undefined,
) {
  const vocabulary = new FieldVocabulary(register);
  const slots = names.map((name) => vocabulary.slot(name));
  const units = decodeUnits(fieldsJson, vocabulary, new Set(slots));
  const columns = slots.map((slot) => ({
    slot,
    isBytes: (units.get(slot) ?? 'bytes') === 'bytes',
  }));
  return { vocabulary, columns };
}

function decodeUnits(
  fieldsJson: unknown,
  vocabulary: FieldVocabulary,
  slots: ReadonlySet<number>,
): Map<number, UnitJson> {
  const units = new Map<number, UnitJson>();
  let previous = -1;
  for (const each of asItems(fieldsJson, 'fields')) {
    const [name, first, last = first] = asItems(each, 'fields');
    const slot = vocabulary.find(asBytes(name, 'fields'));
    if (slot === undefined || !slots.has(slot) || units.has(slot)) {
      throw new FormatError('fields and columns do not match');
    }
    units.set(slot, oneOf(first, UNITS, 'fields'));
    vocabulary.meet(slot, FIELD_KIND_OF[oneOf(last, UNITS, 'fields')], previous);
    previous = slot;
  }
  return units;
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
  for (const { slot } of columns) while (values.length <= slot) values.push(undefined);
  for (let at = before; at < cells.length; at++) {
    const { slot, isBytes } = columns[at - before] as FieldInRow;
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

function asDevice(value: unknown): [number, number] {
  const [, major, minor] = typeof value === 'string' ? (DEVICE.exec(value) ?? []) : [];
  return [asHex(major, 'a device'), asHex(minor, 'a device')];
}
