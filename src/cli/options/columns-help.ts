import { catalogue } from '../../columns/catalogue.ts';
import type { Column } from '../../columns/column.ts';
import { figureWithId, PROCESS_FIGURES } from '../../columns/figures.ts';

const UNIT_NAMES = {
  bytes: 'size',
  kib: 'size',
  address: 'address',
  count: 'number',
  ratio: 'ratio',
} as const;

/** The text of `--columns help`: every column with its unit and meaning. */
export function columnsHelp(): string {
  return `${helpTable(catalogue())}${UNITS}${NEW_FIELDS}`;
}

/** The same of a summary, which also has the figures of whole processes. */
export function summaryColumnsHelp(): string {
  const figures = PROCESS_FIGURES.map(({ column }) => column);
  return `${helpTable([...catalogue(), ...figures])}${UNITS}${NEW_FIELDS}`;
}

/** The same of a watch, which has figures alone. */
export function figuresHelp(ids: readonly string[]): string {
  return `${helpTable(ids.map((id) => figureWithId(id).column))}${UNITS}\n`;
}

const UNITS = `
Sizes are shown in KiB (--bytes: in bytes, --human: with units); machine formats
use bytes.`;
const NEW_FIELDS = ` Any other field that this kernel prints in smaps is a column too,
under its own name.
`;

function helpTable(columns: readonly Column[]): string {
  const rows = columns.map((column) => [column.id, unitOf(column), column.help] as const);
  const names = widest(rows.map(([name]) => name));
  const units = widest(rows.map(([, unit]) => unit));
  const line = ([name, unit, help]: readonly [string, string, string]) =>
    `${name.padEnd(names)}  ${unit.padEnd(units)}  ${help}\n`;
  return `${line(['Column', 'Unit', 'Meaning'])}${rows.map(line).join('')}`;
}

function unitOf(column: Column): string {
  return column.kind === 'text' ? 'text' : UNIT_NAMES[column.unit];
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}
