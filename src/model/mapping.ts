import type { ByteString } from './byte-string.ts';
import type { FieldValue } from './fields.ts';
import type { Kind } from './kind.ts';

/**
 * One mapping of a process's address space: a line of /proc/PID/maps, and its fields of smaps. A
 * group of mappings has the same shape (see aggregate/group.ts).
 *
 * Source: proc_pid_maps(5), proc_pid_smaps(5).
 */
export interface Mapping {
  /** First address in bytes. It is page-aligned, so a number holds all 64 bits exactly. */
  readonly start: number;
  /** First address after the mapping, in bytes. */
  readonly end: number;
  /** The kernel's four characters, e.g. `rw-p`. */
  readonly perms: string;
  /** Offset into the file in bytes; page-aligned and therefore exact. */
  readonly offset: number;
  readonly deviceMajor: number;
  readonly deviceMinor: number;
  /** Decimal digits: a number cannot hold all 64 bits, and inodes are not aligned. */
  readonly inode: string;
  /**
   * The kernel's text after the inode and its padding: a path, `[heap]`, `anon_inode:[eventpoll]`;
   * empty for memory without a name. The kernel writes a newline as `\012`.
   */
  readonly name: ByteString;
  /** Absent until the mappings of the process have been classified (see aggregate/kinds/). */
  readonly kind?: Kind | undefined;
  /** The file or label that the mapping belongs to; absent until classified, like `kind`. */
  readonly owner?: ByteString | undefined;
  /** The number of mappings in a group; absent for a single mapping. */
  readonly count?: number | undefined;
  /** The smaps fields by slot (see FieldVocabulary); empty if only maps was read. */
  readonly values: readonly FieldValue[];
}

/** A mapping without address, file or fields: the base of totals, which have only fields. */
export const NO_MAPPING: Mapping = {
  start: 0,
  end: 0,
  perms: '----',
  offset: 0,
  deviceMajor: 0,
  deviceMinor: 0,
  inode: '0',
  name: '',
  values: [],
};

/** The size of a mapping in bytes. */
export function sizeBytes(mapping: Mapping): number {
  return mapping.end - mapping.start;
}

/**
 * How many mappings it is as the kernel counts them for vm.max_map_count: 1, or those of a group. The page
 * [vsyscall] of x86-64 is listed in every map, but is the same in all processes and no mapping of any.
 */
export function mappingCount({ count, name }: Mapping): number {
  return count ?? (name === '[vsyscall]' ? 0 : 1);
}

/** Whether the mapping is writable. */
export function isWritable(mapping: Mapping): boolean {
  return mapping.perms[1] === 'w';
}

/** Whether the mapping is shared (`s`) rather than private. */
export function isShared(mapping: Mapping): boolean {
  return mapping.perms[3] === 's';
}

/**
 * A copy that stays valid when the reader goes on to the next mapping: readers reuse their object.
 */
export function copyMapping(mapping: Mapping): Mapping {
  return {
    start: mapping.start,
    end: mapping.end,
    perms: mapping.perms,
    offset: mapping.offset,
    deviceMajor: mapping.deviceMajor,
    deviceMinor: mapping.deviceMinor,
    inode: mapping.inode,
    name: mapping.name,
    kind: mapping.kind,
    owner: mapping.owner,
    count: mapping.count,
    values: mapping.values.slice(),
  };
}
