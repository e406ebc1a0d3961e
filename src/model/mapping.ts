import type { ByteString } from './byte-string.ts';
import type { FieldValue } from './fields.ts';
import type { Kind } from './kind.ts';

/**
 * One mapping of a process's address space: a line of /proc/PID/maps, and from smaps its fields.
 *
 * Source: proc_pid_maps(5), proc_pid_smaps(5).
 */
export interface Mapping {
  /** First address, in bytes. Addresses are page-aligned, so a number holds all 64 bits exactly. */
  readonly start: number;
  /** First address behind the mapping, in bytes. */
  readonly end: number;
  /** The kernel's four characters, e.g. `rw-p`. */
  readonly perms: string;
  /** Offset into the file, in bytes; page-aligned, hence exact. */
  readonly offset: number;
  readonly deviceMajor: number;
  readonly deviceMinor: number;
  /** Decimal digits: inodes have 64 bits and no alignment, which a number cannot hold. */
  readonly inode: string;
  /**
   * The kernel's text behind the inode, without the blanks that pad it: a path, `[heap]`,
   * `anon_inode:[eventpoll]`; empty for memory without a name. A newline in it reads `\012`.
   */
  readonly name: ByteString;
  /** What it is for; there once the mappings of the process were classified (aggregate/kinds). */
  readonly kind?: Kind;
  /** How many mappings a group of them stands for; absent for a single one. */
  readonly count?: number;
  /** The smaps fields by slot (see FieldVocabulary); empty where only maps was read. */
  readonly values: readonly FieldValue[];
}

/** What sums have that are not of mappings: they lie nowhere and have no file. */
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

/** Whether writes to the mapping's memory are allowed. */
export function isWritable(mapping: Mapping): boolean {
  return mapping.perms[1] === 'w';
}

/** Whether the mapping's memory is shared with others that map the same (`s`). */
export function isShared(mapping: Mapping): boolean {
  return mapping.perms[3] === 's';
}

/** A copy that stays as it is when the reader that gave the mapping moves on. */
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
    values: mapping.values.slice(),
    ...(mapping.kind === undefined ? {} : { kind: mapping.kind }),
    ...(mapping.count === undefined ? {} : { count: mapping.count }),
  };
}
