/**
 * The format of a recording, `tsmap.recording/1`: types only, and all of it.
 *
 * A recording is a text of lines that end with a newline; each line is one JSON value, in ASCII
 * alone (other characters are `\u` escapes). The first line is the header, each line behind it a
 * sample: one process at one moment. A line is written in one go; a last line without its newline
 * was cut by a crash or a full disk, and readers leave it out. A file may be compressed: with gzip
 * each line is a member of its own, with zstd a frame of its own, so that what is whole in it can
 * be read whatever happened to its end.
 *
 * Readers ignore keys that they do not know. What changes the meaning of a key changes the number
 * behind `tsmap.recording/`.
 *
 * Numbers: sizes are in bytes (the kernel's kB times 1024, exact), times are ISO 8601 in UTC with
 * milliseconds. Addresses and offsets are hexadecimal texts as in /proc/PID/maps, because they have
 * 64 bits; inodes are decimal texts for the same reason.
 */

/** What the first line's `schema` reads. */
export type SchemaName = 'tsmap.recording/1';

/**
 * Bytes that the kernel gave: a text where they are UTF-8, which names nearly always are; the bytes
 * in base64 (RFC 4648) where they are not. NULs and other control characters are kept.
 */
export type BytesJson = string | { readonly base64: string };

/** Which processes a recording was begun with. */
export interface RecordedProcessJson {
  readonly pid: number;
  /** When it started, in clock ticks since boot: with the pid it names a process for good. */
  readonly start_time_ticks: number;
  /** The program's name, as in /proc/PID/comm. */
  readonly comm: BytesJson;
  /** The bytes of /proc/PID/cmdline: each argument with its closing NUL; empty for none. */
  readonly command: BytesJson;
}

/** The first line. `schema` is its first key. */
export interface HeaderJson {
  readonly schema: SchemaName;
  /** The version of the program that wrote the file. */
  readonly tsmap: string;
  /** The machine's name and its kernel's release; null where they are not known. */
  readonly host: string | null;
  readonly kernel: string | null;
  /** When recording began; a file that continues another one has its own. */
  readonly started_at: string;
  /** Bytes; null where it is not known. */
  readonly page_size: number | null;
  /** The most mappings that the kernel allowed a process; null where it is not known. */
  readonly max_map_count: number | null;
  /** Seconds from moment to moment, as planned. */
  readonly interval_seconds: number;
  /** How much of a process each sample holds; see SampleJson.rows. */
  readonly detail: 'all' | 'mapping' | 'kind' | 'total';
  /** Those of the first moment of this file; others may come where they are described by name. */
  readonly processes: readonly RecordedProcessJson[];
}

/** Who was read. */
export interface SampleProcessJson extends RecordedProcessJson {
  /** The id that was asked for: a thread's, where it is not `pid`. */
  readonly asked_pid: number;
  /** The letter of /proc/PID/stat: R running, S sleeping, T stopped ... */
  readonly state: BytesJson;
  /** The name of the user it ran as, the number where it had none; null where it is not known. */
  readonly user: string | null;
  /** Address of the bottom of the stack, hexadecimal; `0` where the kernel hides it. */
  readonly start_stack: string;
}

/**
 * How a field is recorded: a number of bytes, a number of something else, or a text. A value that
 * is a text in a column of numbers was printed so by the kernel, for that mapping.
 */
export type UnitJson = 'bytes' | 'count' | 'text';

/**
 * A field of smaps: the kernel's name and its unit. The third is there where the kernel printed the
 * field differently in a later mapping; it says how it was last printed.
 */
export type FieldJson = readonly [BytesJson, UnitJson] | readonly [BytesJson, UnitJson, UnitJson];

/**
 * The columns before the fields, by detail.
 *
 * - `all`: see /proc/PID/maps.
 * - `mapping`, `kind`: `name` is the file or label (empty by kind), `perms` are `----` and `kind` is
 *   null where those of its mappings differ, `count` is the number of mappings, `size` is in bytes.
 */
export interface LeadingColumnsJson {
  readonly all: readonly ['start', 'end', 'perms', 'offset', 'device', 'inode', 'name'];
  readonly mapping: readonly ['name', 'perms', 'kind', 'count', 'size'];
  readonly kind: LeadingColumnsJson['mapping'];
  readonly total: readonly [];
}

/** A cell: see `columns`. Null, or the end of the row before the column, where there is no value. */
export type CellJson = BytesJson | number | null;

/** Each line behind the first. `moment` and `taken_at` are its first keys. */
export interface SampleJson {
  /**
   * Counts the moments at which something was read, from 1; samples of several processes have the
   * same one. Goes on where a file is continued, and from a rotated file to the next.
   */
  readonly moment: number;
  readonly taken_at: string;
  readonly process: SampleProcessJson;
  readonly detail: HeaderJson['detail'];
  /**
   * Devices of its mappings that hold System V segments, `major:minor` hexadecimal as in maps: no
   * mounted file system has them. The kernel calls such a mapping `/SYSV...`, as a file could be.
   */
  readonly shared_memory_devices: readonly string[];
  /** The fields of smaps in the kernel's order. */
  readonly fields: readonly FieldJson[];
  /**
   * What stands in each row, in this order: the LeadingColumnsJson of its detail, then fields by the
   * kernel's names, in the order in which they were met.
   */
  readonly columns: readonly BytesJson[];
  /** A row per mapping, in the order of addresses; per group; with `total` one row. */
  readonly rows: readonly (readonly CellJson[])[];
}
