import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { peakMemory } from '../../support/hooked-runs.ts';
import { endProcessesAfterwards, onlyWith } from '../../support/processes.ts';
import { FIXTURES, onlyUnderNode, ROOT, tsmap } from '../../support/program.ts';
import { schemaProblems } from '../../support/schema.ts';

endProcessesAfterwards();

const AT = ['--proc-root', FIXTURES];
const HOSTILE = '2009';
const validate = schemaProblems('snapshot');
const hasPython = onlyWith('python3', 'formats read by python3');
const hasJq = onlyWith('jq', 'formats read by jq');

/** The JSON that another program prints about these bytes. */
function through(command: string, args: string[], input: Buffer) {
  const { stdout, stderr, status } = spawnSync(command, args, { input, maxBuffer: 1 << 28 });
  expect({ stderr: stderr.toString(), status }).toEqual({ stderr: '', status: 0 });
  return JSON.parse(stdout.toString());
}
const PYTHON_CSV = `import csv, io, json, sys
text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='')
print(json.dumps(list(csv.reader(text, delimiter=sys.argv[1]))))`;
const PYTHON_JSON = 'import json, sys; print(json.dumps(json.load(sys.stdin)))';

const jsonOf = async (...args: string[]) => tsmap([...AT, '--json', ...args]);

describe.each(['34751', '1003', '2004', HOSTILE, '2011', '2014'])('JSON of %s', (pid) => {
  test('meets the schema', async () => {
    const { stdout, stderr, status } = await jsonOf(pid);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(validate(JSON.parse(stdout.toString()))).toEqual([]);
  });

  test.skipIf(!hasPython)('is the same to python3', async () => {
    const { stdout } = await jsonOf(pid);
    expect(through('python3', ['-c', PYTHON_JSON], stdout)).toEqual(JSON.parse(stdout.toString()));
  });

  test.skipIf(!hasJq)('is the same to jq', async () => {
    const { stdout } = await jsonOf(pid);
    expect(through('jq', ['-c', '.'], stdout)).toEqual(JSON.parse(stdout.toString()));
  });

  test('is the same, a line each, as NDJSON', async () => {
    const { stdout } = await tsmap([...AT, '--format', 'ndjson', pid]);
    const lines = stdout
      .toString()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const [process] = JSON.parse((await jsonOf(pid)).stdout.toString()).processes;
    expect(lines).toEqual(process.mappings.map((each: object) => ({ pid: Number(pid), ...each })));
  });

  test.skipIf(!hasPython).each([
    ['csv', ','],
    ['tsv', '\t'],
  ])('is the same to a reader of %s', async (format, delimiter) => {
    const { stdout } = await tsmap([...AT, '--format', format, pid]);
    const [process] = JSON.parse((await jsonOf(pid)).stdout.toString()).processes;
    const rows: string[][] = through('python3', ['-c', PYTHON_CSV, delimiter], stdout);
    const [header = [], ...body] = rows;
    expect(body).toHaveLength(process.mappings.length);
    for (const [i, row] of body.entries()) {
      expect(row).toHaveLength(header.length);
      const { vm_flags: _, ...mapping } = process.mappings[i];
      for (const [name, value] of Object.entries(mapping)) {
        const at = header.indexOf(name);
        if (at >= 0) expect(row[at], `${name} in row ${i}`).toBe(String(value));
      }
    }
  });
});

test('the bytes of a path that is not UTF-8 are in path_base64', async () => {
  const { stdout } = await jsonOf(HOSTILE);
  const mappings: Record<string, string>[] = JSON.parse(stdout.toString()).processes[0].mappings;
  const invalid = mappings.filter((each) => each['path_base64'] !== undefined);
  expect(invalid.length).toBeGreaterThan(3);
  const smaps = readFileSync(join(ROOT, FIXTURES, HOSTILE, 'smaps'));
  for (const { path, path_base64 = '' } of invalid) {
    const bytes = Buffer.from(path_base64, 'base64');
    expect(smaps.includes(bytes)).toBe(true);
    expect(path).toContain('\ufffd');
  }
});

describe('a process that does not exist', () => {
  const missing = { pid: 99999, code: 'no-such-process', message: 'no such process' };

  test('is among the problems of JSON, and the status is 42', async () => {
    const { stdout, stderr, status } = await jsonOf('1001', '99999', '34751');
    const document = JSON.parse(stdout.toString());
    expect(validate(document)).toEqual([]);
    expect(document.problems).toEqual([missing]);
    expect(document.processes.map(({ pid }: { pid: number }) => pid)).toEqual([1001, 34751]);
    expect({ stderr, status }).toEqual({ stderr: 'tsmap: 99999: no such process\n', status: 42 });
  });

  test('is among the problems of a summary', async () => {
    const { stdout, status } = await tsmap(['summary', ...AT, '--json', '1001', '99999']);
    const document = JSON.parse(stdout.toString());
    expect(document.problems).toEqual([missing]);
    expect(document.processes).toHaveLength(1);
    expect(status).toBe(42);
  });

  test('does not break NDJSON and CSV', async () => {
    const ndjson = await tsmap([...AT, '--format', 'ndjson', '99999', '1001']);
    for (const line of ndjson.stdout.toString().trimEnd().split('\n')) JSON.parse(line);
    const csv = await tsmap([...AT, '--format', 'csv', '99999', '1001']);
    expect(csv.stdout.toString().match(/^pid,/gm)).toHaveLength(1);
    expect([ndjson.status, csv.status]).toEqual([42, 42]);
  });
});

test('a summary of one process says in JSON how many mappings it has', async () => {
  const { stdout } = await tsmap(['summary', ...AT, '--json', '34751']);
  expect(JSON.parse(stdout.toString()).processes[0].mappings).toBe(40);
});

describe.each(['json', 'ndjson', 'csv', 'tsv'])('%s', (format) => {
  test('to a full disk is a failure that is reported', async () => {
    const result = await tsmap([...AT, '--format', format, '1003'], { stdout: 'full' });
    expect(result.stderr).toMatch(/^tsmap: [^\n]*(no space|ENOSPC)[^\n]*\n$/i);
    expect(result.status).toBe(1);
  });

  test('to a closed pipe ends as pmap does', async () => {
    const text = await tsmap([...AT, '1003'], { stdout: 'closed' });
    const result = await tsmap([...AT, '--format', format, '1003'], { stdout: 'closed' });
    const how = ({ stderr, status, signal }: typeof text) => ({ stderr, status, signal });
    expect(how(result)).toEqual(how(text));
  });
});

const canMeasure = onlyUnderNode('peak memory', 'the hook that measures it is for Node');

test.runIf(canMeasure)('60,000 mappings as NDJSON take little more memory than 40', async () => {
  const limit = Number(readFileSync('/proc/sys/vm/max_map_count', 'utf8'));
  const peakKib = async (count: number) => {
    const { kib, lines } = await peakMemory(count, ['--format', 'ndjson']);
    expect(lines).toBeGreaterThanOrEqual(count);
    return kib;
  };
  const difference = (await peakKib(Math.min(60_000, limit - 200))) - (await peakKib(40));
  expect(difference).toBeLessThan(24 * 1024);
});
