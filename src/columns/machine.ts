import { type ByteString, fromByteString } from '../model/byte-string.ts';
import { type FieldVocabulary, slotOf } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import { type Column, inBytes, machineName, type NumberColumn, type TextColumn } from './column.ts';
import { fieldId, kernelColumn } from './kernel-fields.ts';
import type { NameRule } from './mapping-name.ts';
import { columns } from './table.ts';

/** The value of a machine column for one mapping; undefined values are left out. */
export type MachineValue = string | number | boolean | readonly string[] | undefined;

/** A column of machine formats: sizes are in whole bytes, with the unit in the name. */
export interface MachineColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array';
  /** The column whose sum is the total of this one; undefined if values cannot be added up. */
  readonly summed: NumberColumn | undefined;
  value(mapping: Mapping): MachineValue;
}

/** The smaps fields to read: all, or only the listed ones. */
export type Fields = 'all' | 'available' | readonly string[];

/** Names that the formats use for members that are not columns. */
export const RESERVED = { pid: 'pid', otherFields: 'other_fields' } as const;

const DELETED = ' (deleted)';
const FLAGS_ID = fieldId('VmFlags');
/** The rule for names in machine formats: the kernel's own, in full. */
export const KERNEL_NAMES: NameRule = {
  showPath: true,
  isOwnTable: true,
  useKernelName: true,
  startStack: 0,
  isSharedMemoryDevice: () => false,
};

/** The bytes of a name in base64 if they are not UTF-8, which `fromByteString` cannot represent. */
export function exactBytes(name: ByteString): string | undefined {
  if (!/[\x80-\xff]/.test(name)) return undefined;
  const bytes = Buffer.from(name, 'latin1');
  return bytes.equals(Buffer.from(bytes.toString('utf8'))) ? undefined : bytes.toString('base64');
}

/**
 * The columns of a mapping in machine formats. `slots` are the fields of smaps to include, by default
 * all that the reading has met; fields that are not in `fields` are not read, and left out.
 */
export function machineColumns(
  vocabulary: FieldVocabulary,
  fields: Fields = 'all',
  slots: readonly number[] = vocabulary.order,
): MachineColumn[] {
  const isRead = (field: string) => typeof fields === 'string' || fields.includes(field);
  const shown = slots.filter((slot) => !isShownElsewhere(slot) && isRead(vocabulary.name(slot)));
  const derived = [columns.uss, columns.dirty].filter((column) => column.fields.every(isRead));
  const own = ownColumns();
  const last = derived.map(machineNumber);
  const taken = [...own, ...last].map(({ name }) => name);
  const kernel = distinct(
    shown.map((slot) => machineField(vocabulary, slot)),
    taken,
  );
  return [...own, ...kernel, ...last];
}

/** The machine columns of the columns that a user chose, in order. */
export function machineColumnsOf(chosen: readonly Column[], names: NameRule): MachineColumn[] {
  const list = chosen.flatMap((column) => {
    if (column.kind === 'number') return [machineNumber(column)];
    const slot = column.id === FLAGS_ID ? slotOf.VmFlags : undefined;
    if (slot !== undefined) return [machineWords(column.id, slot)];
    if (!NAMES.has(column.id)) return [machineText(column.id, column, names)];
    return machineNames(column.id, (mapping) => shownName(mapping, column, names));
  });
  return distinct(list, []);
}

/** A column whose total is shown, and the name of the total. */
export interface MachineTotal {
  readonly name: string;
  readonly column: NumberColumn;
}

/** The totals: the number of mappings, and the sum of each column that can be added up. */
export function machineTotals(list: readonly MachineColumn[]): MachineTotal[] {
  const summed = list.flatMap(({ name, summed: column }) => (column ? [{ name, column }] : []));
  const count = { name: columns.mappings.id, column: columns.mappings };
  return [count, ...summed.filter(({ name }) => name !== count.name)];
}

/** Whether the reading met a field that the column is computed from: absent is not zero. */
export function isMet({ fields }: Column, vocabulary: FieldVocabulary): boolean {
  const isThere = (field: string) => vocabulary.order.includes(vocabulary.find(field) ?? -1);
  return fields.length === 0 || fields.some(isThere);
}

const NAMES: ReadonlySet<string> = new Set([columns.mapping.id, columns.kernelName.id]);

/** Size follows from the addresses, which maps has; Name is shown as the path. */
function isShownElsewhere(slot: number): boolean {
  return slot === slotOf.Size || slot === slotOf.Name;
}

function ownColumns(): MachineColumn[] {
  return [
    machineText('start', columns.startAddress),
    machineText('end', columns.endAddress),
    machineText('perms', columns.perm),
    machineText('offset', columns.kernelOffset),
    machineText('device', columns.device),
    machineText('inode', columns.inode),
    ...machineNames('path', pathOf),
    { name: 'deleted', type: 'boolean', summed: undefined, value: isDeleted },
    machineText('kind', columns.kind),
    machineNumber(columns.size),
  ];
}

/** Whether the kernel marks the file as deleted; a file with such a name cannot be distinguished. */
function isDeleted({ name }: Mapping): boolean {
  return name.startsWith('/') && name.endsWith(DELETED);
}

function pathOf(mapping: Mapping): ByteString {
  return isDeleted(mapping) ? mapping.name.slice(0, -DELETED.length) : mapping.name;
}

/** Drops the two blanks with which pmap indents `[ anon ]`, unless they belong to a file's name. */
function shownName(mapping: Mapping, column: TextColumn, names: NameRule): ByteString {
  const shown = column.value(mapping, names);
  return shown.startsWith('  [ ') && !mapping.name.endsWith(shown) ? shown.slice(2) : shown;
}

function machineText(name: string, column: TextColumn, names = KERNEL_NAMES): MachineColumn {
  const value = (mapping: Mapping) => fromByteString(column.value(mapping, names)) || undefined;
  return { name, type: 'string', summed: undefined, value };
}

function machineNames(name: string, bytes: (mapping: Mapping) => ByteString): MachineColumn[] {
  const text = (mapping: Mapping) => fromByteString(bytes(mapping)) || undefined;
  const exact = (mapping: Mapping) => exactBytes(bytes(mapping));
  return [
    { name, type: 'string', summed: undefined, value: text },
    { name: `${name}_base64`, type: 'string', summed: undefined, value: exact },
  ];
}

function machineNumber(column: NumberColumn): MachineColumn {
  const name = machineName(column);
  const summed = column.isSummable ? column : undefined;
  if (column.unit === 'address') {
    const hex = (mapping: Mapping) => column.value(mapping)?.toString(16);
    return { name, type: 'string', summed, value: hex };
  }
  const value = (mapping: Mapping) => {
    const number = column.value(mapping);
    return number === undefined ? undefined : inBytes(column, number);
  };
  return { name, type: column.unit === 'ratio' ? 'number' : 'integer', summed, value };
}

function machineField(vocabulary: FieldVocabulary, slot: number): MachineColumn {
  const column = kernelColumn(vocabulary, slot);
  if (slot === slotOf.VmFlags) return machineWords(column.id, slot);
  if (column.kind === 'number') return machineNumber(column);
  const value = ({ values }: Mapping) =>
    values[slot] === undefined ? undefined : fromByteString(String(values[slot]));
  return { name: column.id, type: 'string', summed: undefined, value };
}

function machineWords(name: string, slot: number): MachineColumn {
  const value = ({ values }: Mapping) =>
    values[slot] === undefined ? undefined : String(values[slot]).split(' ').filter(Boolean);
  return { name, type: 'array', summed: undefined, value };
}

/** Gives unique names: a field of a future kernel with the name of another member gets a prefix. */
function distinct(list: readonly MachineColumn[], others: readonly string[]): MachineColumn[] {
  const taken = new Set<string>([...Object.values(RESERVED), ...others]);
  return list.map((column) => {
    let { name } = column;
    while (taken.has(name)) name = `kernel_${name}`;
    taken.add(name);
    return { ...column, name };
  });
}
