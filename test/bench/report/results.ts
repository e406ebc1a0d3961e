import type { Summary } from '../measure/statistics.ts';

/** What runs of one contestant cost. */
export interface Row {
  readonly label: string;
  readonly wallMs: Summary;
  readonly userMs: Summary;
  readonly systemMs: Summary;
  readonly peakKib: Summary;
}

/** A contestant that is not here, and why. */
export interface Missing {
  readonly label: string;
  readonly reason: string;
}

/** All contestants over one process. */
export interface Group {
  /** The number of mappings that the group is about. */
  readonly wanted: number;
  /** The number that the process was made with: less where the system allows no more. */
  readonly mappings: number;
  readonly rounds: number;
  readonly rows: readonly Row[];
  readonly missing: readonly Missing[];
}

/** One way to read a process inside a program. */
export interface LibraryRow {
  readonly label: string;
  /** The first call in a fresh process. */
  readonly firstMs: Summary;
  /** The calls after it: of each process their median. */
  readonly laterMs: Summary;
}

/** The library beside the usual way. */
export interface LibraryGroup {
  readonly mappings: number;
  readonly rounds: number;
  readonly rows: readonly LibraryRow[];
}

/** Where and when it was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly kernel: string;
  readonly node: string;
  readonly pmap: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** The load average of the minute before the start. */
  readonly load: number;
}

/** All that one run of the bench found. */
export interface Results {
  readonly machine: Machine;
  readonly groups: readonly Group[];
  readonly library: LibraryGroup | undefined;
  /** Size of the self-contained executable; undefined where it is not built. */
  readonly binaryBytes: number | undefined;
  /** What the reader has to know, e.g. why a process is smaller than it should be. */
  readonly notes: readonly string[];
}

/**
 * A row by the number of mappings that its group is about, and its label. What a smaller process
 * cost in place of that one says nothing about it, so it is not given.
 */
export function rowOf(results: Results, wanted: number, label: string): Row | undefined {
  const group = results.groups.find((one) => one.wanted === wanted && one.mappings === wanted);
  return group?.rows.find((row) => row.label === label);
}
