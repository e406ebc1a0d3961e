import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findColumn } from '../../../../src/columns/catalogue.ts';
import type { Column } from '../../../../src/columns/column.ts';
import { machineColumns } from '../../../../src/columns/machine.ts';
import { FieldVocabulary } from '../../../../src/model/fields.ts';
import { KINDS } from '../../../../src/model/kind.ts';
import {
  FIXTURE_ROOT,
  headOf,
  machineOutput,
  ORIGIN,
  otherProgram,
  PIDS,
  readerOf,
  readerOver,
  reportInto,
  rows,
  WHOLE_PIDS,
} from '../../../support/reports.ts';
import { schemaOf, schemaProblems } from '../../../support/schema.ts';
import {
  type ReferenceMapping,
  referenceMappings,
} from '../../../support/text/reference-reader.ts';

type Members = Record<string, unknown>;
interface Process extends Members {
  readonly mappings: readonly Members[];
  readonly totals: Record<string, number>;
}

async function processOf(pid: number): Promise<Process> {
  return JSON.parse(await machineOutput('json', [pid])).processes[0];
}

function reference(pid: number): readonly ReferenceMapping[] {
  return referenceMappings(readFileSync(`${FIXTURE_ROOT}/${pid}/smaps`, 'latin1'));
}

const UNITLESS: Readonly<Record<string, string>> = {
  THPeligible: 'thp_eligible',
  ProtectionKey: 'protection_key',
  NewCount: 'new_count',
};
const OTHER_SPELLING: Readonly<Record<string, string>> = {
  KernelPageSize: 'kernel_page_size_bytes',
  MMUPageSize: 'mmu_page_size_bytes',
  LazyFree: 'lazy_free_bytes',
  AnonHugePages: 'anon_huge_pages_bytes',
  ShmemPmdMapped: 'shmem_pmd_mapped_bytes',
  FilePmdMapped: 'file_pmd_mapped_bytes',
  SwapPss: 'swap_pss_bytes',
  LateKey: 'late_key_bytes',
  LaterKey: 'later_key_bytes',
};

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function fieldMembers(fields: ReferenceMapping['fields']): Members {
  const members: Members = {};
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'Name' || key === 'Size') continue;
    if (key === 'VmFlags') members['vm_flags'] = String(value).split(' ').filter(Boolean);
    else if (typeof value === 'string') members[key.toLowerCase()] = value;
    else if (key in UNITLESS) members[UNITLESS[key] ?? ''] = value;
    else members[OTHER_SPELLING[key] ?? `${key.toLowerCase()}_bytes`] = value * 1024;
  }
  return members;
}

function sum(fields: ReferenceMapping['fields'], keys: readonly string[]): number | undefined {
  const found = keys.flatMap((key) => (key in fields ? [Number(fields[key])] : []));
  return found.length === 0 ? undefined : found.reduce((a, b) => a + b) * 1024;
}

/** A mapping's members, made from the reference reader's record alone. */
function expectedMembers(one: ReferenceMapping): Members {
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
  const deleted = one.name.startsWith('/') && one.name.endsWith(' (deleted)');
  const path = deleted ? one.name.slice(0, -10) : one.name;
  const isText = Buffer.from(utf8(path)).toString('latin1') === path;
  const members: Members = {
    start: hex(one.start, 8),
    end: hex(one.end, 8),
    perms: one.perms,
    offset: hex(one.offset, 8),
    device: `${hex(one.deviceMajor, 2)}:${hex(one.deviceMinor, 2)}`,
    inode: one.inode,
    path: path === '' ? undefined : utf8(path),
    path_base64: isText ? undefined : Buffer.from(path, 'latin1').toString('base64'),
    deleted,
    size_bytes: one.end - one.start,
    ...fieldMembers(one.fields),
    uss_bytes: sum(one.fields, ['Private_Clean', 'Private_Dirty']),
    dirty_bytes: sum(one.fields, ['Shared_Dirty', 'Private_Dirty']),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

describe.each(PIDS)('fixture %d as JSON', (pid) => {
  test('is valid by the schema, with whole numbers that a double represents exactly', async () => {
    const document = JSON.parse(await machineOutput('json', [pid]));
    expect(schemaProblems('snapshot')(document)).toEqual([]);
    const numbers = JSON.stringify(document).match(/(?<=[:[,])-?\d[\d.e+-]*(?=[,}\]])/g) ?? [];
    expect(numbers.filter((each) => !Number.isSafeInteger(Number(each)))).toEqual([]);
  });

  test('has one mapping a line', async () => {
    const text = await machineOutput('json', [pid]);
    const lines = text.split('\n').filter((line) => line.startsWith('{"start":'));
    expect(lines.length).toBe(JSON.parse(text).processes[0].mappings.length);
  });
});

describe.each(WHOLE_PIDS)('fixture %d as JSON agrees with the reference reader', (pid) => {
  test('in every mapping', async () => {
    const { mappings } = await processOf(pid);
    expect(mappings).toEqual(reference(pid).map(expectedMembers));
  });

  test('in every total', async () => {
    const { mappings, totals } = await processOf(pid);
    // The kernel does not count [vsyscall].
    const counted = mappings.filter(({ path }) => path !== '[vsyscall]');
    const expected: Record<string, number> = { mappings: counted.length };
    if (mappings.length === 0) expected['size_bytes'] = 0;
    for (const [name, value] of mappings.flatMap((one) => Object.entries(one))) {
      if (!name.endsWith('_bytes') || name.includes('page_size')) continue;
      expected[name] = (expected[name] ?? 0) + Number(value);
    }
    expect(totals).toEqual(expected);
  });

  test('as NDJSON, with the pid first', async () => {
    const lines = (await machineOutput('ndjson', [pid])).split('\n').slice(0, -1);
    expect(lines.every((line) => line.startsWith(`{"pid":${pid},"start":`))).toBe(true);
    const mappings = lines.map((line) => JSON.parse(line));
    expect(mappings).toEqual(reference(pid).map((one) => ({ pid, ...expectedMembers(one) })));
  });
});

describe('a JSON document', () => {
  test('says where it comes from, and lists processes and problems', async () => {
    const { report, output } = await reportInto('json');
    report.open?.(ORIGIN);
    for (const pid of [2011, 1001]) report.end(rows(report, headOf(pid), readerOf(pid)));
    report.title(headOf(2012));
    report.close?.([{ pid: 7, code: 'no-such-process', message: 'there is "none"' }]);
    const document = JSON.parse(output().toString());
    expect(schemaProblems('snapshot')(document)).toEqual([]);
    const { processes, ...rest } = document;
    expect(processes.map(({ pid }: { pid: number }) => pid)).toEqual([2011, 1001]);
    expect(rest).toEqual({
      schema: 'tsmap.snapshot/1',
      taken_at: ORIGIN.takenAt,
      host: 'example',
      kernel: '6.18.0',
      problems: [{ pid: 7, code: 'no-such-process', message: 'there is "none"' }],
    });
  });

  test('leaves out what is not known', async () => {
    const { report, output } = await reportInto('json');
    report.open?.({ takenAt: ORIGIN.takenAt, host: undefined, kernel: undefined });
    report.close?.([]);
    expect(output().toString()).toBe(
      `{"schema":"tsmap.snapshot/1","taken_at":"${ORIGIN.takenAt}","processes":[\n],"problems":[\n]}\n`,
    );
  });

  test('has a kernel thread without command, mappings and fields', async () => {
    expect(await processOf(2011)).toEqual({
      pid: 2011,
      comm: 'kworker/0:1-ev',
      mappings: [],
      totals: { mappings: 0, size_bytes: 0 },
    });
  });

  test('keeps the bytes of names that are not UTF-8', async () => {
    const odd = await processOf(2013);
    expect(odd['comm']).toContain('\ufffd');
    const bytes = (text: unknown) => Buffer.from(String(text), 'base64').toString('latin1');
    expect(bytes(odd['comm_base64'])).toBe(headOf(2013).comm);
    expect(bytes((await processOf(2016))['command_base64'])).toBe(headOf(2016).cmdline);
  });

  test('has no character that a terminal or a reader of lines would act on', async () => {
    const text = await machineOutput('json', [2009, 2013, 2016]);
    expect(text).not.toMatch(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
      /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/,
    );
  });

  test('marks a process that ended while it was read, and continues', async () => {
    const { report, output } = await reportInto('json');
    report.open?.(ORIGIN);
    rows(report, headOf(1002), readerOf(1002), 3);
    report.abandon?.();
    report.end(rows(report, headOf(1001), readerOf(1001)));
    report.close?.([]);
    const document = JSON.parse(output().toString());
    expect(schemaProblems('snapshot')(document)).toEqual([]);
    expect(document.processes[0].incomplete).toBe(true);
    expect(document.processes[0].mappings.length).toBe(3);
    expect(document.processes[1]).toEqual(await processOf(1001));
  });

  test.each([0, 1, 5])('is the same when %d rows of a process are taken back', async (limit) => {
    const { report, writer, output } = await reportInto('json');
    report.open?.(ORIGIN);
    for (const pid of [2014, 1001]) {
      writer.hold();
      rows(report, headOf(pid), readerOf(pid), limit);
      expect(writer.rollback()).toBe(true);
      report.end(rows(report, headOf(pid), readerOf(pid)));
    }
    writer.hold();
    rows(report, headOf(1003), readerOf(1003), limit);
    expect(writer.rollback()).toBe(true);
    report.close?.([]);
    expect(output().toString()).toBe(await machineOutput('json', [2014, 1001]));
  });

  test('has sizes but no fields of smaps if only maps is read', async () => {
    const document = JSON.parse(await machineOutput('json', [34751], { fields: [] }));
    expect(Object.keys(document.processes[0].mappings[0])).toEqual(
      'start end perms offset device inode path deleted size_bytes'.split(' '),
    );
    expect(Object.keys(document.processes[0].totals)).toEqual(['mappings', 'size_bytes']);
  });

  test('has the fields that were asked for, and derived ones if all their parts are there', async () => {
    const fields = ['Rss', 'Private_Clean', 'Private_Dirty'];
    const document = JSON.parse(await machineOutput('json', [1001], { fields }));
    expect(Object.keys(document.processes[0].totals)).toEqual(
      'mappings size_bytes rss_bytes private_clean_bytes private_dirty_bytes uss_bytes'.split(' '),
    );
  });
});

describe('chosen columns', () => {
  const chosen = (ids: string) => ids.split(' ').map((id) => findColumn(id) as Column);

  test('are the only ones, in their order, in bytes and hexadecimal', async () => {
    const options = {
      fields: ['Rss', 'VmFlags'],
      columns: chosen('rss address vm_flags mapping end'),
    };
    const [mapping] = JSON.parse(await machineOutput('json', [34751], options)).processes[0]
      .mappings;
    const lines = (await machineOutput('csv', [34751], options)).split('\n');
    expect(Object.entries(mapping)).toEqual([
      ['rss_bytes', 4096],
      ['address', '400000'],
      ['mapping', '/usr/local/python/bin/python2.7'],
      ['end', '401000'],
    ]);
    expect(lines[0]).toBe('pid,rss_bytes,address,vm_flags,mapping,mapping_base64,end');
  });
});

test('a field of a future kernel with the name of one of our members does not replace it', async () => {
  const smaps =
    '00400000-00401000 r--p 00000000 00:00 0 \nSize: 4 kB\nStart: 7\nUss: 8 kB\n' +
    'Pid: 9\nPrivate_Dirty: 4 kB\nWords: a b\n';
  const { report, output } = await reportInto('ndjson');
  report.end(rows(report, headOf(1001), readerOver(smaps)));
  expect(JSON.parse(output().toString())).toMatchObject({
    pid: 1001,
    start: '00400000',
    kernel_start: 7,
    kernel_uss_bytes: 8192,
    kernel_pid: 9,
    uss_bytes: 4096,
    words: 'a b',
  });
});

describe('the schema', () => {
  test('describes every column, with its type', () => {
    const vocabulary = new FieldVocabulary();
    const { properties } = schemaOf('snapshot').$defs.mapping;
    const list = machineColumns(vocabulary, 'all', vocabulary.slots);
    expect(Object.keys(properties)).toEqual(list.map(({ name }) => name));
    for (const { name, type } of list.filter((column) => column.name !== 'kind')) {
      expect(properties[name]).toMatchObject({ type, description: expect.any(String) });
    }
    expect(properties.kind.enum).toEqual(KINDS);
  });

  test('refuses fractions, numbers for hexadecimal strings and a missing list', () => {
    const check = schemaProblems('snapshot');
    const problems = check({
      schema: 'tsmap.snapshot/1',
      taken_at: ORIGIN.takenAt,
      processes: [
        { pid: 1, comm: '', totals: { mappings: 1 }, mappings: [{ start: 1, rss_bytes: 1.5 }] },
      ],
    });
    expect(problems.join()).toMatch(/problems.*start must be string.*rss_bytes must be integer/);
  });
});

describe('other programs', () => {
  test('read the JSON of all fixtures as JavaScript does', async () => {
    const text = await machineOutput('json', PIDS);
    const commands = [
      ['python3', '-c', PYTHON_JSON],
      ['jq', '-c', '.'],
    ];
    for (const command of commands) {
      const read = otherProgram(command, text);
      if (read !== undefined) expect(read).toEqual(JSON.parse(text));
    }
  });

  test('read the NDJSON of all fixtures as JavaScript does', async () => {
    const text = await machineOutput('ndjson', PIDS);
    const ours = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const read = otherProgram(['jq', '-c', '-s', '.'], text);
    if (read !== undefined) expect(read).toEqual(ours);
  });
});

const PYTHON_JSON = 'import json,sys; json.dump(json.load(sys.stdin), sys.stdout)';
