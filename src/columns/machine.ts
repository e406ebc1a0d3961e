import { type ByteString, fromByteString } from '../model/byte-string.ts';
import { type FieldVocabulary, slotOf } from '../model/fields.ts';
import type { Mapping } from '../model/mapping.ts';
import { type Column, inBytes, machineName, type NumberColumn, type TextColumn } from './column.ts';
import { kernelColumn } from './kernel-fields.ts';
import type { NameRule } from './mapping-name.ts';
import { columns } from './table.ts';

/** What a machine format writes for one mapping; undefined where there is nothing to say. */
export type MachineValue = string | number | boolean | readonly string[] | undefined;

/** A column as machine formats show it: whole numbers, sizes in bytes, the unit in the name. */
export interface MachineColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array';
  /** Where its values may be added up: the column whose sum, in bytes, is its total. */
  readonly summed: NumberColumn | undefined;
  value(mapping: Mapping): MachineValue;
}

/** The smaps fields that are read: all, or these alone. */
export type Fields = 'all' | readonly string[];

/** Names that the formats use themselves, beside those of columns. */
export const RESERVED = { pid: 'pid', otherFields: 'other_fields' } as const;

const DELETED = ' (deleted)';
/** The kernel's own names: machine formats do not shorten what they were not asked to shorten. */
export const KERNEL_NAMES: NameRule = {
  showPath: true,
  useKernelName: true,
  startStack: 0,
  isSharedMemoryDevice: () => false,
};

/** A name as text: U+FFFD where its bytes are no UTF-8. */
export function nameText(name: ByteString): string {
  return /[\x80-\xff]/.test(name) ? fromByteString(name) : name;
}

/** A name's exact bytes in base64 where `nameText` cannot tell them, because they are no UTF-8. */
export function exactBytes(name: ByteString): string | undefined {
  if (!/[\x80-\xff]/.test(name)) return undefined;
  const bytes = Buffer.from(name, 'latin1');
  return bytes.equals(Buffer.from(bytes.toString('utf8'))) ? undefined : bytes.toString('base64');
}

/**
 * The columns of a mapping in machine formats. `slots` are the fields of smaps among them, by
 * default those that the reading has met; `fields` those that are read at all.
 */
export function machineColumns(
  vocabulary: FieldVocabulary,
  fields: Fields = 'all',
  slots: readonly number[] = vocabulary.order,
): MachineColumn[] {
  const isRead = (field: string) => fields === 'all' || fields.includes(field);
  const shown = slots.filter((slot) => !isShownElsewhere(slot) && isRead(vocabulary.name(slot)));
  const derived = [columns.uss, columns.dirty].filter((column) => column.fields.every(isRead));
  const own = ownColumns();
  const last = derived.map(numberColumn);
  const taken = [...own, ...last].map(({ name }) => name);
  const kernel = distinct(
    shown.map((slot) => fieldColumn(vocabulary, slot)),
    taken,
  );
  return [...own, ...kernel, ...last];
}

/** The machine columns for columns that a user chose, in their order. */
export function machineColumnsOf(chosen: readonly Column[], names: NameRule): MachineColumn[] {
  const list = chosen.flatMap((column) => {
    if (column.kind === 'number') return [numberColumn(column)];
    const slot = column.fields.includes('VmFlags') ? slotOf.VmFlags : undefined;
    if (slot !== undefined) return [wordsColumn(column.id, slot)];
    if (!NAMES.has(column.id)) return [textColumn(column.id, column, names)];
    return nameColumns(column.id, (mapping) => shownName(mapping, column, names));
  });
  return distinct(list, []);
}

/** Whether one of these columns needs the mappings classified. */
export function needsKinds(chosen: readonly Column[]): boolean {
  return chosen.some(({ id }) => id === columns.kind.id);
}

/** A column whose total is shown, and what the total is called. */
export interface MachineTotal {
  readonly name: string;
  readonly column: NumberColumn;
}

/** What totals are made of: the number of mappings, and every column that may be added up. */
export function machineTotals(list: readonly MachineColumn[]): MachineTotal[] {
  const summed = list.flatMap(({ name, summed: column }) => (column ? [{ name, column }] : []));
  const count = { name: columns.mappings.id, column: columns.mappings };
  return [count, ...summed.filter(({ name }) => name !== count.name)];
}

/** Whether the reading met something that the column is made of: absent is not zero. */
export function isMet({ fields }: Column, vocabulary: FieldVocabulary): boolean {
  const isThere = (field: string) => vocabulary.order.includes(vocabulary.find(field) ?? -1);
  return fields.length === 0 || fields.some(isThere);
}

const NAMES: ReadonlySet<string> = new Set([columns.mapping.id, columns.kernelName.id]);

/** Size is the mapping's length, which is known without smaps; Name is shown as its path. */
function isShownElsewhere(slot: number): boolean {
  return slot === slotOf.Size || slot === slotOf.Name;
}

function ownColumns(): MachineColumn[] {
  return [
    textColumn('start', columns.startAddress),
    textColumn('end', columns.end),
    textColumn('perms', columns.perm),
    textColumn('offset', columns.kernelOffset),
    textColumn('device', columns.device),
    textColumn('inode', columns.inode),
    ...nameColumns('path', pathOf),
    { name: 'deleted', type: 'boolean', summed: undefined, value: isDeleted },
    textColumn('kind', columns.kind),
    numberColumn(columns.size),
  ];
}

/** The kernel marks a deleted file so; a file whose name ends so cannot be told from one. */
function isDeleted({ name }: Mapping): boolean {
  return name.startsWith('/') && name.endsWith(DELETED);
}

function pathOf(mapping: Mapping): ByteString {
  return isDeleted(mapping) ? mapping.name.slice(0, -DELETED.length) : mapping.name;
}

/** Without the two blanks that pmap indents `[ anon ]` with, unless a file is called so. */
function shownName(mapping: Mapping, column: TextColumn, names: NameRule): ByteString {
  const shown = column.value(mapping, names);
  return shown.startsWith('  [ ') && !mapping.name.endsWith(shown) ? shown.slice(2) : shown;
}

function textColumn(name: string, column: TextColumn, names = KERNEL_NAMES): MachineColumn {
  const value = (mapping: Mapping) => nameText(column.value(mapping, names)) || undefined;
  return { name, type: 'string', summed: undefined, value };
}

function nameColumns(name: string, bytes: (mapping: Mapping) => ByteString): MachineColumn[] {
  const text = (mapping: Mapping) => nameText(bytes(mapping)) || undefined;
  const exact = (mapping: Mapping) => exactBytes(bytes(mapping));
  return [
    { name, type: 'string', summed: undefined, value: text },
    { name: `${name}_base64`, type: 'string', summed: undefined, value: exact },
  ];
}

function numberColumn(column: NumberColumn): MachineColumn {
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

function fieldColumn(vocabulary: FieldVocabulary, slot: number): MachineColumn {
  const column = kernelColumn(vocabulary, slot);
  if (slot === slotOf.VmFlags) return wordsColumn(column.id, slot);
  if (column.kind === 'number') return numberColumn(column);
  const value = ({ values }: Mapping) =>
    values[slot] === undefined ? undefined : nameText(String(values[slot]));
  return { name: column.id, type: 'string', summed: undefined, value };
}

function wordsColumn(name: string, slot: number): MachineColumn {
  const value = ({ values }: Mapping) =>
    values[slot] === undefined ? undefined : String(values[slot]).split(' ').filter(Boolean);
  return { name, type: 'array', summed: undefined, value };
}

/** A field that a future kernel calls as we call something must not hide it, nor be hidden. */
function distinct(list: readonly MachineColumn[], others: readonly string[]): MachineColumn[] {
  const taken = new Set<string>([...Object.values(RESERVED), ...others]);
  return list.map((column) => {
    let { name } = column;
    while (taken.has(name)) name = `kernel_${name}`;
    taken.add(name);
    return { ...column, name };
  });
}
