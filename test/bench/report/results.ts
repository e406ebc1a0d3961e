import type { Summary } from '../measure/statistics.ts';

/** The cost of the runs of one contestant. */
export interface Row {
  readonly label: string;
  readonly wallMs: Summary;
  readonly userMs: Summary;
  readonly systemMs: Summary;
  readonly peakKib: Summary;
}

/** A contestant that is missing, and why. */
export interface Missing {
  readonly label: string;
  readonly reason: string;
}

/** The results of all contestants for one process. */
export interface Group {
  /** The number of mappings that the group is about. */
  readonly wanted: number;
  /** The number that the process really has: less if the system does not allow more. */
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
  /** The later calls: their median in each process. */
  readonly laterMs: Summary;
}

/** The library compared with the usual way. */
export interface LibraryGroup {
  readonly mappings: number;
  readonly rounds: number;
  readonly rows: readonly LibraryRow[];
}

/** Where and when the measurements were made. */
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

/** All results of a run of the bench. */
export interface Results {
  readonly machine: Machine;
  readonly groups: readonly Group[];
  readonly library: LibraryGroup | undefined;
  /** Size of the self-contained executable; undefined if it is not built. */
  readonly binaryBytes: number | undefined;
  /** Remarks, for example why a process is smaller than it should be. */
  readonly notes: readonly string[];
}

/**
 * A row by the number of mappings that its group is about, and its label. What a smaller process
 * cost in its place is not comparable, so it is left out.
 */
export function rowOf(results: Results, wanted: number, label: string): Row | undefined {
  const group = results.groups.find((one) => one.wanted === wanted && one.mappings === wanted);
  return group?.rows.find((row) => row.label === label);
}
