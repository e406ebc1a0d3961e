import { WriteStream } from 'node:tty';

const STDOUT = 1;
const UNKNOWN = 80;

/** Columns of the terminal that stdout is; 80 where it does not say. */
export function terminalWidth(): number {
  const columns = Number(process.env['COLUMNS']);
  if (Number.isInteger(columns) && columns > 0) return columns;
  return new WriteStream(STDOUT).columns || UNKNOWN;
}
