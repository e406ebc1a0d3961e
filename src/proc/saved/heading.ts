/** A heading between files, as tail(1) and head(1) print it: `==> /proc/123/smaps <==`. */
export interface Heading {
  /** The process, if the path tells it. */
  readonly pid: number | undefined;
  /** Whether the file can be a map: a file of a process with another name, such as status, cannot. */
  readonly isMap: boolean;
  readonly label: string;
}

const HEADING = /^==> (.*) <==[ \t\r]*$/s;
const OF_PROCESS = /(?:^|\/)([1-9][0-9]*)\/(?:task\/[0-9]+\/)?([a-z_]+)$/;
const MAPS = ['maps', 'smaps', 'smaps_rollup'];
const HIGHEST_PID = 0x7fffffff;

/** Parses a heading; undefined if the line is none. */
export function parseHeading(line: string): Heading | undefined {
  const [, label] = HEADING.exec(line) ?? [];
  if (label === undefined) return undefined;
  const [, , file] = OF_PROCESS.exec(label) ?? [];
  return { pid: pidOfPath(label), isMap: file === undefined || MAPS.includes(file), label };
}

/**
 * The process that a path such as `proc/606/smaps` belongs to; undefined if it does not tell. Names that
 * people give to copies, such as `606.smaps`, are not taken for one: the number may mean anything.
 */
export function pidOfPath(path: string): number | undefined {
  const [, digits, file = ''] = OF_PROCESS.exec(path) ?? [];
  const pid = Number(digits);
  return MAPS.includes(file) && pid <= HIGHEST_PID ? pid : undefined;
}
