import { KIND_FIELDS } from '../model/kind.ts';
import { isShared, isWritable, mappingCount, sizeBytes } from '../model/mapping.ts';
import * as make from './make-column.ts';
import { kernelName, mappingName } from './mapping-name.ts';
import { modeOf } from './permissions.ts';

function hexPair(number: number): string {
  return number === 0 ? '00' : number.toString(16).padStart(2, '0');
}

/**
 * THE table of columns. An entry is all that a column needs: users can name it, and help lists it
 * in this order. Fields of smaps need no entry (see kernel-fields.ts).
 */
export const columns = {
  address: make.position(
    'address',
    { title: 'Address', help: 'Where the mapping starts.' },
    (mapping) => mapping.start,
  ),
  end: make.position(
    'end',
    { title: 'End', help: 'The first address after the mapping.' },
    (mapping) => mapping.end,
  ),
  size: make.extent(
    'size',
    {
      title: 'Kbytes',
      tableTitle: 'Size',
      help: 'Address space of the mapping, whether or not memory is behind it.',
    },
    sizeBytes,
  ),
  rss: make.fieldSum(
    'rss',
    {
      title: 'RSS',
      help: 'Resident set size: pages in RAM, shared pages counted in full, with those freed lazily.',
    },
    ['Rss'],
  ),
  pss: make.fieldSum(
    'pss',
    {
      title: 'PSS',
      help: 'Proportional set size: each page divided by the processes that map it.',
    },
    ['Pss'],
  ),
  uss: make.fieldSum(
    'uss',
    {
      title: 'USS',
      help: 'Unique set size: private pages in RAM, freed when the process ends. KSM pages are shared.',
    },
    ['Private_Clean', 'Private_Dirty'],
  ),
  shared: make.fieldSum(
    'shared',
    { title: 'Shared', help: 'Pages in RAM that other processes map too, or that KSM merged.' },
    ['Shared_Clean', 'Shared_Dirty'],
  ),
  dirty: make.fieldSum(
    'dirty',
    { title: 'Dirty', help: 'Modified pages in RAM, shared and private.' },
    ['Shared_Dirty', 'Private_Dirty'],
  ),
  hugetlb: make.fieldSum(
    'hugetlb',
    { title: 'Hugetlb', help: 'Reserved huge pages, which are not part of RSS.' },
    ['Shared_Hugetlb', 'Private_Hugetlb'],
  ),
  mode: make.text(
    'mode',
    { title: 'Mode', help: 'Permissions as pmap writes them, e.g. `rw---` or `r-xs-`.' },
    ({ perms }) => modeOf(perms),
  ),
  perm: make.text(
    'perm',
    { title: 'Perm', help: 'Permissions as the kernel writes them, e.g. `rw-p` or `r-xs`.' },
    (mapping) => mapping.perms,
  ),
  offset: make.position(
    'offset',
    { title: 'Offset', help: 'Offset in the file at which the mapping starts.' },
    (mapping) => mapping.offset,
  ),
  device: make.text(
    'device',
    { title: 'Device', help: 'Device of the file: major and minor number.' },
    ({ deviceMajor, deviceMinor }) => `${hexPair(deviceMajor)}:${hexPair(deviceMinor)}`,
  ),
  inode: make.text(
    'inode',
    { title: 'Inode', help: 'Inode number of the file.' },
    (mapping) => mapping.inode,
  ),
  mappings: make.count(
    'mappings',
    {
      title: 'Mappings',
      help: 'Number of mappings: 1, or the size of a group. The kernel does not count [vsyscall].',
    },
    mappingCount,
  ),
  kind: {
    ...make.text(
      'kind',
      { title: 'Kind', help: 'What the memory is for: code, data, heap, stack, anonymous ...' },
      (mapping) => mapping.kind ?? '',
    ),
    fields: KIND_FIELDS,
    isClassified: true,
  },
  mapping: make.text(
    'mapping',
    {
      title: 'Mapping',
      help: "The mapped file, or the kernel's name: [heap], [stack], [anon] ...",
    },
    mappingName,
  ),

  writeablePrivate: make.layoutOnly(
    make.extent(
      'writeable_private',
      {
        title: 'writeable/private',
        help: 'Size of the mapping if it is private and writable, else 0.',
      },
      (mapping) => (isWritable(mapping) && !isShared(mapping) ? sizeBytes(mapping) : 0),
    ),
  ),
  sharedSize: make.layoutOnly(
    make.extent(
      'shared_size',
      { title: 'shared', help: 'Size of the mapping if it is shared, else 0.' },
      (mapping) => (isShared(mapping) ? sizeBytes(mapping) : 0),
    ),
  ),
  deviceMajor: make.layoutOnly(
    make.position(
      'device_major',
      { title: 'Major', help: 'Major number of the device.' },
      (mapping) => mapping.deviceMajor,
    ),
  ),
  deviceMinor: make.layoutOnly(
    make.position(
      'device_minor',
      { title: 'Minor', help: 'Minor number of the device.' },
      (mapping) => mapping.deviceMinor,
    ),
  ),
  startAddress: make.layoutOnly(
    make.hexadecimal(
      'start_address',
      { title: 'Address', help: 'Where the mapping starts, as the kernel writes it.' },
      (mapping) => mapping.start,
    ),
  ),
  endAddress: make.layoutOnly(
    make.hexadecimal(
      'end_address',
      { title: 'End', help: 'The first address after the mapping, as the kernel writes it.' },
      (mapping) => mapping.end,
    ),
  ),
  kernelOffset: make.layoutOnly(
    make.hexadecimal(
      'kernel_offset',
      { title: 'Offset', help: 'Offset in the file, as the kernel writes it.' },
      (mapping) => mapping.offset,
    ),
  ),
  kernelName: make.layoutOnly(
    make.text(
      'kernel_name',
      { title: 'Mapping', help: "The kernel's own name: a file, [heap], [stack], [vdso] ..." },
      kernelName,
    ),
  ),
} as const;
