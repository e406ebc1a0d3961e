import { describe, expect, test } from 'vitest';
import {
  headOf,
  machineOutput,
  otherProgram,
  PIDS,
  readerOf,
  reportInto,
  rows,
} from '../../../support/reports.ts';

const FORMS = [
  ['csv', 'excel'],
  ['tsv', 'excel-tab'],
] as const;
const PYTHON = `
import csv, io, json, sys
text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='')
json.dump(list(csv.reader(text, dialect=sys.argv[1], strict=True)), sys.stdout)
`;

type Members = Record<string, unknown>;

/** What a row of CSV must say about a mapping of NDJSON: the same, as text. */
function cellsOf(mapping: Members, header: readonly string[]): string[] {
  const known = header.map((name) => {
    const value = mapping[name];
    return value === undefined ? '' : Array.isArray(value) ? value.join(' ') : String(value);
  });
  const others = Object.entries(mapping).filter(([name]) => !header.includes(name));
  if (others.length > 0) known[known.length - 1] = JSON.stringify(Object.fromEntries(others));
  return known;
}

async function mappingsOf(pids: readonly number[]): Promise<Members[]> {
  const lines = (await machineOutput('ndjson', pids)).split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

describe.each(FORMS)('%s', (name, dialect) => {
  test.each([
    ['all fixtures', PIDS],
    ['hostile names', [2009]],
    ['missing and late fields', [2014]],
    ['fields that are new to tsmap', [2004]],
  ])('is read by python as it was meant: %s', async (_, pids) => {
    const text = await machineOutput(name, pids);
    const read = otherProgram(['python3', '-c', PYTHON, dialect], text) as string[][] | undefined;
    if (read === undefined) return;
    const [header = [], ...lines] = read;
    const mappings = await mappingsOf(pids);
    expect(header[0]).toBe('pid');
    expect(header.at(-1)).toBe('other_fields');
    expect(new Set(header).size).toBe(header.length);
    expect(lines).toEqual(mappings.map((one) => cellsOf(one, header)));
  });

  test('has the same header for every kernel', async () => {
    const headerOf = async (pid: number) => (await machineOutput(name, [pid])).split('\n')[0];
    const header = await headerOf(1001);
    for (const pid of [2001, 2003, 2006, 2011, 34751]) expect(await headerOf(pid)).toBe(header);
  });

  test('has the header once, even if rows were withdrawn or a process ended', async () => {
    const { report, writer, output } = await reportInto(name);
    for (const limit of [0, 2]) {
      writer.hold();
      rows(report, headOf(1002), readerOf(1002), limit);
      expect(writer.rollback()).toBe(true);
    }
    report.end(rows(report, headOf(1001), readerOf(1001)));
    rows(report, headOf(1002), readerOf(1002), 2);
    report.abandon?.();
    report.close?.([]);
    const both = await machineOutput(name, [1001, 1002]);
    const count = (await machineOutput(name, [1001])).split('\n').length + 1;
    expect(output().toString()).toBe(`${both.split('\n').slice(0, count).join('\n')}\n`);
  });

  test('is only a header if there is no process', async () => {
    const [header] = (await machineOutput(name, [1001])).split('\n');
    expect(await machineOutput(name, [])).toBe(`${header}\n`);
  });
});

test('fields that come late are in the last column as JSON', async () => {
  const text = await machineOutput('csv', [2014]);
  expect(text).toContain(',"{""late_key_bytes"":843776,""later_key_bytes"":847872}"\n');
});

test('fields that are new to tsmap have columns of their own if the first record has them', async () => {
  const [header = ''] = (await machineOutput('csv', [2004])).split('\n');
  expect(header).toContain(',zswapped_future_bytes,new_count,uss_bytes,dirty_bytes,other_fields');
});

test('without the fields of smaps there are no columns for them', async () => {
  const [header] = (await machineOutput('csv', [2014], { fields: [] })).split('\n');
  expect(header).toBe(
    'pid,start,end,perms,offset,device,inode,path,path_base64,deleted,kind,size_bytes',
  );
});

test('a line ends with a newline only, and a carriage return in a name is quoted', async () => {
  const text = await machineOutput('csv', [2009]);
  expect(text.replace(/"[^"]*"/g, '')).not.toContain('\r');
  expect(text).toMatch(/"[^"\n]*\r[^"\n]*"/);
});
