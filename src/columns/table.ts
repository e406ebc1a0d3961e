import { isShared, isWritable, sizeBytes } from '../model/mapping.ts';
import * as make from './make-column.ts';
import { kernelName, mappingName } from './mapping-name.ts';
import { modeOf } from './permissions.ts';

function hexPair(number: number): string {
  return number === 0 ? '00' : number.toString(16).padStart(2, '0');
}

/**
 * THE table of columns. An entry is all that a column needs: users can name it, and help lists it in
 * this order. Fields of smaps need no entry (see kernel-fields.ts).
 */
export const columns = {
  address: make.position(
    'address',
    { title: 'Address', help: 'Where the mapping starts.' },
    (mapping) => mapping.start,
  ),
  end: make.hexadecimal(
    'end',
    { title: 'End', help: 'The first address behind the mapping.' },
    (mapping) => mapping.end,
  ),
  size: make.extent(
    'size',
    {
      title: 'Kbytes',
      tableTitle: 'Size',
      help: 'Address space that the mapping takes, with memory behind it or not.',
    },
    sizeBytes,
  ),
  rss: make.fieldSum(
    'rss',
    { title: 'RSS', help: 'Resident set size: what of it is in RAM, shared pages in full.' },
    ['Rss'],
  ),
  pss: make.fieldSum(
    'pss',
    { title: 'PSS', help: 'Proportional: resident pages, each divided by those that map it.' },
    ['Pss'],
  ),
  uss: make.fieldSum(
    'uss',
    { title: 'USS', help: 'Private resident memory: what would be freed if the process ended.' },
    ['Private_Clean', 'Private_Dirty'],
  ),
  shared: make.fieldSum(
    'shared',
    { title: 'Shared', help: 'Resident memory that other processes map as well.' },
    ['Shared_Clean', 'Shared_Dirty'],
  ),
  dirty: make.fieldSum(
    'dirty',
    { title: 'Dirty', help: 'Resident pages that were written to, shared and private.' },
    ['Shared_Dirty', 'Private_Dirty'],
  ),
  hugetlb: make.fieldSum(
    'hugetlb',
    { title: 'Hugetlb', help: 'Reserved huge pages, which the kernel leaves out of RSS.' },
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
    { title: 'Offset', help: 'Where in the file the mapping begins.' },
    (mapping) => mapping.offset,
  ),
  device: make.text(
    'device',
    { title: 'Device', help: "Major and minor number of the file's device." },
    ({ deviceMajor, deviceMinor }) => `${hexPair(deviceMajor)}:${hexPair(deviceMinor)}`,
  ),
  inode: make.text(
    'inode',
    { title: 'Inode', help: "The file's inode." },
    (mapping) => mapping.inode,
  ),
  mappings: make.count(
    'mappings',
    { title: 'Mappings', help: 'How many mappings it is: 1, or those of a group.' },
    (mapping) => mapping.count ?? 1,
  ),
  kind: make.text(
    'kind',
    { title: 'Kind', help: 'What it is for: code, data, heap, stack, anonymous ...' },
    (mapping) => mapping.kind ?? '',
  ),
  mapping: make.text(
    'mapping',
    { title: 'Mapping', help: 'The file behind it, or [ anon ], [ stack ], [ shmid=0x.. ].' },
    mappingName,
  ),

  writeablePrivate: make.layoutOnly(
    make.extent(
      'writeable_private',
      { title: 'writeable/private', help: 'Its size if it is private and writable, else 0.' },
      (mapping) => (isWritable(mapping) && !isShared(mapping) ? sizeBytes(mapping) : 0),
    ),
  ),
  sharedSize: make.layoutOnly(
    make.extent(
      'shared_size',
      { title: 'shared', help: 'Its size if it is shared, else 0.' },
      (mapping) => (isShared(mapping) ? sizeBytes(mapping) : 0),
    ),
  ),
  deviceMajor: make.layoutOnly(
    make.position(
      'device_major',
      { title: 'Major', help: "Major number of the file's device." },
      (mapping) => mapping.deviceMajor,
    ),
  ),
  deviceMinor: make.layoutOnly(
    make.position(
      'device_minor',
      { title: 'Minor', help: "Minor number of the file's device." },
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
  kernelOffset: make.layoutOnly(
    make.hexadecimal(
      'kernel_offset',
      { title: 'Offset', help: 'Where in the file the mapping begins, as the kernel writes it.' },
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
