import { WriteStream } from 'node:tty';
import { STDOUT_FD } from '../model/standard-streams.ts';

/** Width assumed for a terminal that does not report one. */
const DEFAULT_WIDTH = 80;

/** Columns of the terminal on stdout; COLUMNS in the environment overrides it. */
export function stdoutWidth(): number {
  const columns = Number(process.env['COLUMNS']);
  if (Number.isInteger(columns) && columns > 0) return columns;
  return new WriteStream(STDOUT_FD).columns || DEFAULT_WIDTH;
}

/** Columns of the terminal on stderr, as it is now. */
export function stderrWidth(): number {
  return process.stderr.columns || DEFAULT_WIDTH;
}
