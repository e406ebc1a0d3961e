/**
 * A slow reader of maps and smaps that shares nothing with src/: lines, regular expressions, a Map.
 * It accepts only the kernel's form; any other line is an error.
 */
export interface ReferenceMapping {
  readonly start: number;
  readonly end: number;
  readonly perms: string;
  readonly offset: number;
  readonly deviceMajor: number;
  readonly deviceMinor: number;
  readonly inode: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, number | string>>;
}

const HEADER =
  /^([0-9a-f]+)-([0-9a-f]+) ([r-][w-][x-][ps]) ([0-9a-f]+) ([0-9a-f]+):([0-9a-f]+) ([0-9]+)( +(.*))?$/s;
const FIELD = /^([^ :]+):(.*)$/s;

/** The mappings of a text of maps or smaps, given as a byte string (latin1). */
export function referenceMappings(text: string): ReferenceMapping[] {
  const records: { header: RegExpExecArray; fields: Map<string, number | string> }[] = [];
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const header = HEADER.exec(line);
    const [, key = '', rest = ''] = FIELD.exec(line) ?? [];
    if (header !== null) records.push({ header, fields: new Map() });
    else if (key === '') throw new Error(`neither a mapping nor a field: ${line}`);
    else records.at(-1)?.fields.set(key, fieldValue(rest));
  }
  return records.map(({ header, fields }) => ({
    start: hex(header[1]),
    end: hex(header[2]),
    perms: header[3] ?? '',
    offset: hex(header[4]),
    deviceMajor: hex(header[5]),
    deviceMinor: hex(header[6]),
    inode: header[7] ?? '',
    name: header[9] || String(fields.get('Name') ?? ''),
    fields: Object.fromEntries(fields),
  }));
}

function fieldValue(rest: string): number | string {
  const number = /^ *([0-9]+)( kB)?$/.exec(rest)?.[1];
  return number === undefined ? rest.replace(/^ +/, '').replace(/ +$/, '') : Number(number);
}

function hex(digits: string | undefined): number {
  return Number(BigInt(`0x${digits}`));
}
