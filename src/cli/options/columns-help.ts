import { catalogue } from '../../columns/catalogue.ts';
import type { Column } from '../../columns/column.ts';

const NAME_WIDTH = 18;
const UNIT_WIDTH = 9;

const UNIT_NAMES = { bytes: 'size', kib: 'size', address: 'address', count: 'number' } as const;

/** The text of `--columns help`: each column with its unit and its meaning. */
export function columnsHelp(): string {
  const lines = catalogue().map((column) => `${nameAndUnit(column)}${column.help}\n`);
  return `${'Column'.padEnd(NAME_WIDTH)}${'Unit'.padEnd(UNIT_WIDTH)}Meaning\n${lines.join('')}
Sizes are shown in KiB (--bytes: in bytes, --human: with units); machine formats
have bytes. Any other field that this kernel prints in smaps is a column, too,
by its own name.
`;
}

function nameAndUnit(column: Column): string {
  const unit = column.kind === 'text' ? 'text' : UNIT_NAMES[column.unit];
  return `${column.id.padEnd(NAME_WIDTH)}${unit.padEnd(UNIT_WIDTH)}`;
}
