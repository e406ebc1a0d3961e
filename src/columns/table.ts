import { type FieldValue, type KnownField, slotOf } from '../model/fields.ts';
import { isShared, isWritable, type Mapping, sizeBytes } from '../model/mapping.ts';
import type { NumberColumn, TextColumn } from './column.ts';
import { kernelName, mappingName } from './mapping-name.ts';

interface Said {
  readonly tableTitle?: string;
  readonly title: string;
  readonly help: string;
}

/** A column whose numbers cannot be added up: addresses, offsets, device numbers. */
function position(id: string, said: Said, value: (mapping: Mapping) => number): NumberColumn {
  return { id, ...said, kind: 'number', unit: 'address', fields: [], isSummable: false, value };
}

/** A column of sizes in bytes that follow from the mapping's first line. */
function extent(id: string, said: Said, value: (mapping: Mapping) => number): NumberColumn {
  return { id, ...said, kind: 'number', unit: 'bytes', fields: [], isSummable: true, value };
}

/** A column of KiB: one field of smaps, or the sum of two; absent where they are. */
function fieldSum(
  id: string,
  said: Said,
  fields: readonly [KnownField, KnownField?],
): NumberColumn {
  const [first, second] = fields.map((field) => slotOf[field as KnownField]) as [number, number?];
  const value =
    second === undefined
      ? ({ values }: Mapping) => numberOf(values[first])
      : ({ values }: Mapping) => sum(numberOf(values[first]), numberOf(values[second]));
  const shown = fields as readonly KnownField[];
  return { id, ...said, kind: 'number', unit: 'kib', fields: shown, isSummable: true, value };
}

function numberOf(value: FieldValue): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : a + b;
}

function text(id: string, said: Said, value: TextColumn['value']): TextColumn {
  return { id, ...said, kind: 'text', fields: [], value };
}

/** A column of numbers in base 16 as the kernel writes them. */
function hexadecimal(id: string, said: Said, number: (mapping: Mapping) => number): TextColumn {
  const digits = 8;
  const value = (mapping: Mapping) => number(mapping).toString(16).padStart(digits, '0');
  return { ...text(id, said, value), hexadecimal: { digits, number } };
}

function modeOf(perms: string): string {
  return `${perms.slice(0, 3)}${perms[3] === 's' ? 's' : '-'}-`;
}

/** The modes of all permissions that the kernel prints, made once instead of once per row. */
const MODES: ReadonlyMap<string, string> = new Map(
  ['r', '-'].flatMap((read) =>
    ['w', '-'].flatMap((write) =>
      ['x', '-'].flatMap((execute) =>
        ['p', 's'].map((share) => {
          const perms = read + write + execute + share;
          return [perms, modeOf(perms)] as const;
        }),
      ),
    ),
  ),
);

function hexPair(number: number): string {
  return number === 0 ? '00' : number.toString(16).padStart(2, '0');
}

/** THE table: one entry per column. */
export const columns = {
  address: position(
    'address',
    { title: 'Address', help: 'Where the mapping starts.' },
    (mapping) => mapping.start,
  ),
  size: extent(
    'size',
    {
      title: 'Kbytes',
      tableTitle: 'Size',
      help: 'Address space that the mapping takes, with memory behind it or not.',
    },
    sizeBytes,
  ),
  rss: fieldSum(
    'rss',
    { title: 'RSS', help: 'Resident set size: what of it is in RAM, shared pages in full.' },
    ['Rss'],
  ),
  dirty: fieldSum(
    'dirty',
    { title: 'Dirty', help: 'Resident pages that were written to, shared and private.' },
    ['Shared_Dirty', 'Private_Dirty'],
  ),
  writeablePrivate: extent(
    'writeable_private',
    { title: 'writeable/private', help: 'Its size where it is private and may be written to.' },
    (mapping) => (isWritable(mapping) && !isShared(mapping) ? sizeBytes(mapping) : 0),
  ),
  sharedSize: extent(
    'shared_size',
    { title: 'shared', help: 'Its size where it is shared.' },
    (mapping) => (isShared(mapping) ? sizeBytes(mapping) : 0),
  ),
  mode: text(
    'mode',
    { title: 'Mode', help: 'Permissions as pmap writes them, e.g. `rw---` or `r-xs-`.' },
    ({ perms }) => MODES.get(perms) ?? modeOf(perms),
  ),
  perm: text(
    'perm',
    { title: 'Perm', help: 'Permissions as the kernel writes them, e.g. `rw-p` or `r-xs`.' },
    (mapping) => mapping.perms,
  ),
  offset: position(
    'offset',
    { title: 'Offset', help: 'Where in the file the mapping begins.' },
    (mapping) => mapping.offset,
  ),
  deviceMajor: position(
    'device_major',
    { title: 'Major', help: "Major number of the file's device." },
    (mapping) => mapping.deviceMajor,
  ),
  deviceMinor: position(
    'device_minor',
    { title: 'Minor', help: "Minor number of the file's device." },
    (mapping) => mapping.deviceMinor,
  ),
  startAddress: hexadecimal(
    'start_address',
    { title: 'Address', help: 'Where the mapping starts, as the kernel writes it.' },
    (mapping) => mapping.start,
  ),
  kernelOffset: hexadecimal(
    'kernel_offset',
    { title: 'Offset', help: 'Where in the file the mapping begins, as the kernel writes it.' },
    (mapping) => mapping.offset,
  ),
  device: text(
    'device',
    { title: 'Device', help: "Major and minor number of the file's device." },
    ({ deviceMajor, deviceMinor }) => `${hexPair(deviceMajor)}:${hexPair(deviceMinor)}`,
  ),
  inode: text('inode', { title: 'Inode', help: "The file's inode." }, (mapping) => mapping.inode),
  kernelName: text(
    'kernel_name',
    { title: 'Mapping', help: "The kernel's own name: a file, [heap], [stack], [vdso] ..." },
    kernelName,
  ),
  end: hexadecimal(
    'end',
    { title: 'End', help: 'The first address behind the mapping.' },
    (mapping) => mapping.end,
  ),
  pss: fieldSum(
    'pss',
    { title: 'PSS', help: 'Proportional: resident pages, each divided by those that map it.' },
    ['Pss'],
  ),
  uss: fieldSum(
    'uss',
    { title: 'USS', help: 'Private resident memory: what would be freed if the process ended.' },
    ['Private_Clean', 'Private_Dirty'],
  ),
  shared: fieldSum(
    'shared',
    { title: 'Shared', help: 'Resident memory that other processes map as well.' },
    ['Shared_Clean', 'Shared_Dirty'],
  ),
  hugetlb: fieldSum(
    'hugetlb',
    { title: 'Hugetlb', help: 'Reserved huge pages, which the kernel leaves out of RSS.' },
    ['Shared_Hugetlb', 'Private_Hugetlb'],
  ),
  mappings: {
    ...extent(
      'mappings',
      { title: 'Mappings', help: 'How many mappings it is: 1, or those of a group.' },
      (mapping) => mapping.count ?? 1,
    ),
    unit: 'count',
  },
  kind: text(
    'kind',
    { title: 'Kind', help: 'What it is for: code, data, heap, stack, anonymous ...' },
    (mapping) => mapping.kind ?? '',
  ),
  mapping: text(
    'mapping',
    { title: 'Mapping', help: 'The file behind it, or [ anon ], [ stack ], [ shmid=0x.. ].' },
    mappingName,
  ),
} as const;
