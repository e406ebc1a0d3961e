/**
 * A slow reader of maps and smaps that shares nothing with src/: lines, regular expressions, a Map. The
 * rules for damage are those of src/proc/maps, written down a second time.
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

/** What the reference reader makes of a text. */
export interface ReferenceReading {
  readonly mappings: readonly ReferenceMapping[];
  /** Numbers of damaged lines, from 1. */
  readonly damaged: readonly number[];
  /** The text ends in the middle of a record. */
  readonly isCut: boolean;
}

/** A first line and what follows it; without `header` if the first line is damaged. */
interface Draft {
  readonly header: RegExpExecArray | undefined;
  readonly keys: string[];
  readonly fields: Map<string, number | string>;
  /** Nothing that follows is known to belong to the record. */
  isOver: boolean;
}

const HEADER =
  /^([0-9a-f]{1,16})-([0-9a-f]{1,16}) ([r-][w-][x-][ps]) ([0-9a-f]{1,16}) ([0-9a-f]{1,16}):([0-9a-f]{1,16}) ([0-9]+)( +(.*))?$/s;
const FIELD = /^([!-9;-~]+):(.*)$/s;
const TEXTS = ['VmFlags', 'Name'];
const COUNTS = ['THPeligible', 'ProtectionKey'];
const SIZES =
  /^(Size|KernelPageSize|MMUPageSize|Rss|Pss|Pss_Dirty|(Shared|Private)_(Clean|Dirty|Hugetlb)|Referenced|Anonymous|KSM|LazyFree|AnonHugePages|ShmemPmdMapped|FilePmdMapped|Swap|SwapPss|Locked)$/;

/** The mappings of a text without damage, given as a byte string (latin1). */
export function referenceMappings(text: string): readonly ReferenceMapping[] {
  const { mappings, damaged } = referenceReading(text);
  if (damaged.length > 0) throw new Error(`line ${damaged[0]} is damaged`);
  return mappings;
}

/** Reads a text of one process's maps or smaps, given as a byte string (latin1). */
export function referenceReading(text: string, file: 'maps' | 'smaps' = 'smaps'): ReferenceReading {
  const lines = text.split('\n');
  const isWhole = lines.at(-1) === '';
  if (isWhole) lines.pop();
  const records: Draft[] = [];
  const forms = new Map<string, string>();
  const damaged = lines.flatMap((line, index) =>
    isGood(line, records, forms, file) ? [] : [index + 1],
  );
  const isCut = isWhole ? lacksEnd(records) : !endsWell(lines, damaged, records);
  const isReplaced = (at: number) => startOf(records[at]) === startOf(records[at + 1]);
  return {
    mappings: records.flatMap((record, at) =>
      record.header === undefined || isReplaced(at)
        ? []
        : [mappingOf(record.header, record.fields)],
    ),
    damaged: damaged.filter((line) => isWhole || line < lines.length),
    isCut,
  };
}

/** Adds a line to the records; false if it is damaged. */
function isGood(
  line: string,
  records: Draft[],
  forms: Map<string, string>,
  file: 'maps' | 'smaps',
): boolean {
  const header = HEADER.exec(line);
  const isMapping = header !== null && hex(header[2]) >= hex(header[1]);
  const record = records.at(-1);
  if (isMapping || record === undefined || /^[0-9a-f]+-/.test(line)) {
    const draft = { keys: [], fields: new Map(), isOver: !isMapping };
    records.push({ ...draft, header: isMapping ? header : undefined });
    return isMapping;
  }
  if (file === 'maps') return false;
  const [, key = '', rest = ''] = FIELD.exec(line) ?? [];
  if (key !== '' && record.isOver) return true;
  if (key === '' || record.keys.includes(key)) {
    record.isOver = true;
    return false;
  }
  record.keys.push(key);
  const value = rest.replace(/^[ \t\r]+|[ \t\r]+$/g, '');
  if (!forms.has(key)) forms.set(key, formByTable(key) ?? formOf(value));
  const isText = TEXTS.includes(key);
  const form = isText ? 'text' : formOf(value);
  if (
    /[r-][w-][x-][ps] [0-9a-f]{8,16} [0-9a-f]{2,16}:[0-9a-f]{2,16} \d+( |$)/.test(value) &&
    key !== 'Name'
  )
    record.isOver = true;
  if (
    record.isOver ||
    form !== forms.get(key) ||
    (key === 'VmFlags' && !/^(\S\S(\s+|$))*$/.test(value))
  )
    return false;
  record.fields.set(key, form === 'text' ? value : Number.parseInt(value, 10));
  return true;
}

function formByTable(key: string): string | undefined {
  if (SIZES.test(key)) return 'kib';
  if (COUNTS.includes(key)) return 'count';
  return TEXTS.includes(key) ? 'text' : undefined;
}

function formOf(value: string): string {
  if (/^\d+$/.test(value)) return 'count';
  return /^\d+[ \t\r]*kB$/.test(value) ? 'kib' : 'text';
}

/** Whether the last record lacks what ends each record. */
function lacksEnd(records: readonly Draft[]): boolean {
  const [before, last] = lastTwo(records);
  if (last?.header === undefined || before === undefined || before.keys.length === 0) return false;
  if (last.keys.length === 0) return true;
  return before.keys.at(-1) === 'VmFlags' && !last.keys.includes('VmFlags');
}

/** Whether a text whose last line has no newline is whole nevertheless. */
function endsWell(
  lines: readonly string[],
  damaged: readonly number[],
  records: readonly Draft[],
): boolean {
  const [before, last] = lastTwo(records);
  if (damaged.includes(lines.length)) return false;
  if (last?.header === undefined) return true;
  const [line, , , , , , , inode, rest, name = ''] = last.header;
  if (lines.at(-1) !== line) {
    return before?.keys.every((key) => last.keys.includes(key)) ?? true;
  }
  const isOpen = name.startsWith('[') && !name.endsWith(']');
  const endsInInode = rest === undefined && inode !== '0';
  return !isOpen && !endsInInode && !lacksEnd(records);
}

/** The last record, and the last one before it whose first line is not damaged. */
function lastTwo(records: readonly Draft[]): [Draft | undefined, Draft | undefined] {
  const before = records.slice(0, -1).filter(({ header }) => header !== undefined);
  return [before.at(-1), records.at(-1)];
}

function startOf(record: Draft | undefined): number | undefined {
  return record?.header === undefined ? undefined : hex(record.header[1]);
}

function mappingOf(header: RegExpExecArray, fields: Draft['fields']): ReferenceMapping {
  return {
    start: hex(header[1]),
    end: hex(header[2]),
    perms: header[3] ?? '',
    offset: hex(header[4]),
    deviceMajor: hex(header[5]),
    deviceMinor: hex(header[6]),
    inode: header[7] ?? '',
    name: header[9] || String(fields.get('Name') ?? ''),
    fields: Object.fromEntries(fields),
  };
}

function hex(digits: string | undefined): number {
  return Number(BigInt(`0x${digits}`));
}
