/**
 * The complete format of a recording, `tsmap.recording/1`, as types.
 *
 * A recording is a text of lines, each ended by a newline. Each line is one JSON value in ASCII;
 * other characters are `\u` escapes. The first line is the header; each of the others is a sample,
 * that is one process at one moment. A line is written in one go: if the last line has no newline,
 * it was cut off by a crash or a full disk, and readers leave it out. A file may be compressed.
 * Then each line is a gzip member or a zstd frame of its own, so that damage in one place does not
 * affect the others. The head of a member has its length in a subfield `TS`, by which the next one
 * is found.
 *
 * Readers ignore unknown keys. Ours refuses a row of more than 256 KiB and a line of more than 256 MiB, or
 * less if its memory is small. A change to the meaning of a key changes the number after
 * `tsmap.recording/`.
 *
 * Numbers: sizes are in bytes (the kernel's kB times 1024, exact); times are ISO 8601 in UTC with
 * milliseconds. Addresses and offsets are hexadecimal strings as in /proc/PID/maps, and inodes are
 * decimal strings, because both have 64 bits.
 */

/** The value of `schema` in the first line. */
export type SchemaName = 'tsmap.recording/1';

/**
 * Bytes from the kernel: a string if they are UTF-8, which names nearly always are, else the bytes
 * in base64 (RFC 4648). NULs and other control characters are kept.
 */
export type BytesJson = string | { readonly base64: string };

/** What identifies a process. */
export interface RecordedProcessJson {
  readonly pid: number;
  /** When it started, in clock ticks since boot; unlike the pid alone, both together are unique. */
  readonly start_time_ticks: number;
  /** The program's name, as in /proc/PID/comm. */
  readonly comm: BytesJson;
  /**
   * The bytes of /proc/PID/cmdline: the arguments, each ended by a NUL; empty if there are none.
   */
  readonly command: BytesJson;
}

/** The first line. `schema` is its first key. */
export interface HeaderJson {
  readonly schema: SchemaName;
  /** The version of the program that wrote the file. */
  readonly tsmap: string;
  /** The machine's host name; null if unknown. */
  readonly host: string | null;
  /** The kernel's release; null if unknown. */
  readonly kernel: string | null;
  /** When the recording started; a file that continues a rotated one has its own time. */
  readonly started_at: string;
  /** In bytes; null if unknown. */
  readonly page_size: number | null;
  /** The largest number of mappings that the kernel allowed a process; null if unknown. */
  readonly max_map_count: number | null;
  /** Seconds between moments, as planned. */
  readonly interval_seconds: number;
  /** How much of a process each sample holds; see SampleJson.rows. */
  readonly detail: 'all' | 'mapping' | 'kind' | 'total';
  /**
   * The processes at the first moment of this file; if they are chosen by name, more may follow.
   */
  readonly processes: readonly RecordedProcessJson[];
}

/** The process of a sample. */
export interface SampleProcessJson extends RecordedProcessJson {
  /** The id that was asked for; differs from `pid` if it is a thread's. */
  readonly asked_pid: number;
  /** The letter in /proc/PID/stat: R running, S sleeping, T stopped ... */
  readonly state: BytesJson;
  /** The user that the process runs as: a name, or a number if there is no name; null if unknown. */
  readonly user: string | null;
  /** Address of the bottom of the stack, hexadecimal; `0` if the kernel hides it. */
  readonly start_stack: string;
}

/**
 * How a field is recorded: as a number of bytes, another number, or a string. A string in a column
 * of numbers is what the kernel printed for that mapping.
 */
export type UnitJson = 'bytes' | 'count' | 'text';

/**
 * A field of smaps: its name in the kernel and its unit. A second unit is present if the kernel printed
 * the field differently for a later mapping; it is the unit for the last mapping.
 */
export type FieldJson = readonly [BytesJson, UnitJson] | readonly [BytesJson, UnitJson, UnitJson];

/**
 * The columns before the fields, by detail.
 *
 * - `all`: as in /proc/PID/maps.
 * - `mapping`, `kind`: a group of mappings. `name` is the file or label (empty for a kind); `perms`
 *   is `----` and `kind` is null if they differ within the group; `count` is the number of
 *   mappings; `size` is in bytes.
 */
export interface LeadingColumnsJson {
  readonly all: readonly ['start', 'end', 'perms', 'offset', 'device', 'inode', 'name'];
  readonly mapping: readonly ['name', 'perms', 'kind', 'count', 'size'];
  readonly kind: LeadingColumnsJson['mapping'];
  readonly total: readonly [];
}

/** A cell of a row. A missing value is null, or the row ends before it. */
export type CellJson = BytesJson | number | null;

/** Each line after the first. `moment` and `taken_at` are its first keys. */
export interface SampleJson {
  /**
   * Number of the moment, counted from 1 over the moments at which something was read. Samples of
   * several processes share it. The count goes on when a file is continued or rotated.
   */
  readonly moment: number;
  readonly taken_at: string;
  readonly process: SampleProcessJson;
  readonly detail: HeaderJson['detail'];
  /**
   * Devices of the mappings that hold System V shared memory segments, `major:minor` hexadecimal as
   * in maps: devices without a mounted file system. The kernel names such a mapping `/SYSV...`, but
   * a file can have that name as well.
   */
  readonly shared_memory_devices: readonly string[];
  /**
   * The kinds of the rows with the detail `all`: a kind, for how many rows it is in turn, the next kind
   * ... Absent in recordings of before; a reader that does not know a kind decides it itself.
   */
  readonly kinds?: readonly (string | number)[];
  /** The version of the rules that decided the kinds; see docs/kinds.md. */
  readonly kind_rules?: number;
  /**
   * Figures that the kernel keeps for the whole process, from /proc/PID/status: `peak_bytes` and so on;
   * what it does not report is left out. Absent in recordings of before.
   */
  readonly process_figures?: Readonly<Record<string, number>>;
  /** The fields of smaps in the kernel's order. */
  readonly fields: readonly FieldJson[];
  /**
   * What each row consists of, in order: the columns of LeadingColumnsJson for the detail, then the
   * fields by the kernel's names, in the order of their first appearance.
   */
  readonly columns: readonly BytesJson[];
  /** One row per mapping, in the order of addresses, or per group; a single row for `total`. */
  readonly rows: readonly (readonly CellJson[])[];
}
