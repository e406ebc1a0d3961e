import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { gzipMember } from '../../../src/recording/compression/gzip-members.ts';
import { encodeHeader } from '../../../src/recording/header.ts';
import { peakOf } from '../../support/hooked-runs.ts';
import { endProcessesAfterwards, startProgram } from '../../support/processes.ts';
import { inTemporaryDirectory, onlyUnderNode, tsmap } from '../../support/program.ts';
import { fixtureSample, HEADER, lineOf, tinySample } from '../../support/text/recordings.ts';

const HEADER_LINE = encodeHeader(HEADER).toString('latin1');
const GOOD = JSON.parse(lineOf(fixtureSample(1001))) as { rows: unknown[][]; columns: unknown[] };
const MORE_MEMORY = 'give Node more memory with NODE_OPTIONS=--max-old-space-size=N';
const LIMIT = `more than N, the limit: ${MORE_MEMORY}`;

endProcessesAfterwards();
const isNode = onlyUnderNode('the memory of recordings', 'NODE_OPTIONS is for Node');

/** A sample with some members replaced by these texts. */
function lineWith(members: Readonly<Record<string, string>>): string {
  const texts = Object.entries({ ...GOOD }).map(
    ([key, value]) => `"${key}":${members[key] ?? JSON.stringify(value)}`,
  );
  return `{${texts.join()}}\n`;
}

/** Runs a report in a small heap; numbers in the message that depend on Node become N. */
async function inSmallHeap(content: string | Uint8Array, args: readonly string[]) {
  return inTemporaryDirectory(async (directory) => {
    const path = join(directory, 'a.tsmap');
    writeFileSync(path, content);
    const env = { NODE_OPTIONS: '--max-old-space-size=64' };
    const command = args.map((arg) => arg.replace('FILE', path));
    const { stderr, status, stdout } = await tsmap(command, { env });
    const message = stderr
      .replaceAll(path, 'FILE')
      .replace(/\b[\d.]+ [KM]iB(?=, )|(?<=size=)\d+/g, 'N');
    return { message, status, text: stdout.toString() };
  });
}

/** What the report of a recording says that has this line. */
async function refusal(line: string, args: readonly string[] = ['-x', '--from', 'FILE']) {
  const { message, status } = await inSmallHeap(HEADER_LINE + line, args);
  expect(status).toBe(1);
  return message;
}

describe.runIf(isNode)('a recording that does not fit into the memory of Node', () => {
  const longLine = lineWith({ rows: `[${'[],'.repeat(4_000_000)}[]]` });

  test('because of a line is refused in one line', async () => {
    expect(await refusal(longLine)).toBe(`tsmap: FILE: line 2 has ${LIMIT}\n`);
    expect(await refusal(longLine, ['summary', '--from', 'FILE'])).toBe(
      `tsmap: FILE: line 2 has ${LIMIT}\n`,
    );
  });

  test('because of a line in a member of gzip is refused in one line', async () => {
    const [header, line] = [Buffer.from(HEADER_LINE), Buffer.alloc(200 * 1024 * 1024)];
    const byAnotherProgram = gzipSync(Buffer.concat([header, line]));
    for (const content of [Buffer.concat([header, line].map(gzipMember)), byAnotherProgram]) {
      const { message, status } = await inSmallHeap(content, ['-x', '--from', 'FILE']);
      expect({ message, status }).toEqual({
        message: `tsmap: FILE: line 2 has ${LIMIT}\n`,
        status: 1,
      });
    }
  });

  test('because of its first line is refused in one line', async () => {
    const header = HEADER_LINE.replace('"processes":[', `"else":[${'{},'.repeat(500_000)}0],$&`);
    const { message } = await inSmallHeap(header, ['-x', '--from', 'FILE']);
    expect(message).toBe(`tsmap: FILE: line 1 has ${LIMIT}\n`);
  });

  test('because of brackets in brackets is refused in one line', async () => {
    const nested = '['.repeat(1_500_000) + ']'.repeat(1_500_000);
    expect(await refusal(lineWith({ fields: nested }))).toBe(
      `tsmap: FILE: line 2 has, besides its rows, ${LIMIT}\n`,
    );
  });

  test('because of all processes of a moment is refused in one line', async () => {
    const row = JSON.stringify(GOOD.rows[0]);
    const line = lineWith({ rows: `[${row}${`,${row}`.repeat(12_000)}]` });
    const content = HEADER_LINE + line.repeat(20);
    const { message } = await inSmallHeap(content, ['--total', '--from', 'FILE']);
    expect(message).toMatch(
      /^tsmap: FILE: line \d+ brings the lines of its moment to more than N, the limit: /,
    );
  });

  test('because a comparison needs all mappings at once is refused in one line', async () => {
    const row = JSON.stringify(GOOD.rows[0]);
    const line = lineWith({ rows: `[${row}${`,${row}`.repeat(18_000)}]` });
    expect(await refusal(line, ['diff', 'FILE', 'FILE'])).toBe(
      `tsmap: FILE: line 2 brings the mappings in memory to ${LIMIT}\n`,
    );
    // Other reports read one mapping after the other.
    const { text, status } = await inSmallHeap(HEADER_LINE + line, ['-x', '--from', 'FILE']);
    expect({ lines: text.split('\n').length, status }).toEqual({ lines: 18_006, status: 0 });
  });

  test('as a whole is read line by line', async () => {
    const line = lineOf(tinySample(1001), 1).padEnd(800, ' ');
    const lines = Array.from({ length: 100_000 }, (_, index) =>
      line.replace('"moment":1,', `"moment":${index + 1},`),
    );
    const content = `${HEADER_LINE}${lines.join('\n')}\n`;
    for (const moment of ['first', 'last', '50000']) {
      const args = ['summary', '--at', moment, '--from', 'FILE'];
      expect(await inSmallHeap(content, args)).toMatchObject({ message: '', status: 0 });
    }
  });
});

describe.runIf(isNode)('a report of a recording', () => {
  test('of 64,000 mappings never has all of them in memory', async () => {
    await inTemporaryDirectory(async (directory) => {
      const { pid, end } = await startProgram('many', 64_000);
      const path = join(directory, 'a.tsmap.gz');
      await tsmap(['record', String(pid), '--count', '1', '-o', path]);
      await end();
      for (const args of [
        ['-x'],
        ['-d'],
        ['--format', 'csv'],
        ['--format', 'ndjson'],
        ['--total'],
      ]) {
        const { kib } = await peakOf([...args, '--from', path]);
        // 98 MiB with Node 20, 116 MiB with Node 24; all decoded at once they took 182 MiB.
        expect(kib / 1024).toBeLessThan(130);
      }
    });
  }, 60_000);

  test('of 5,000 moments needs no more memory than one of 50', async () => {
    await inTemporaryDirectory(async (directory) => {
      const line = lineOf(fixtureSample(1003), 1);
      const peakWith = async (moments: number) => {
        const path = join(directory, 'a.tsmap');
        const lines = Array.from({ length: moments }, (_, index) =>
          line.replace('"moment":1,', `"moment":${index + 1},`),
        );
        writeFileSync(path, `${HEADER_LINE}${lines.join('\n')}\n`);
        return (await peakOf(['-x', '--from', path])).kib / 1024;
      };
      const [few, many] = [await peakWith(50), await peakWith(5000)];
      expect(many - few).toBeLessThan(40);
    });
  }, 60_000);
});

describe('a line that no recorder writes', () => {
  const LEFT_OUT = 'it was left out\ntsmap: FILE: no sample of this moment can be read\n';

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'fields nested 10,000 deep',
      { fields: '['.repeat(10_000) + ']'.repeat(10_000) },
      'fields is not an object',
    ],
    [
      'a row nested 100,000 deep',
      { rows: '['.repeat(100_000) + ']'.repeat(100_000) },
      'row 1 has 1 cells',
    ],
    [
      'a million columns',
      { columns: `[${'"",'.repeat(100_000)}""]` },
      'columns has 100001 names, and at most 1000 are allowed',
    ],
    [
      'a row of a million cells',
      { rows: `[[${'0,'.repeat(999_999)}0]]` },
      'row 1 is longer than 256.0 KiB',
    ],
    [
      'a number of 300 digits',
      { rows: JSON.stringify([GOOD.rows[0]]).replace(/,\d+,/, `,${'9'.repeat(300)},`) },
      'a cell of row 1 is not a whole number',
    ],
    ['rows without end', { rows: '[[1,2],[3,4]' }, 'not JSON'],
  ])('with %s is left out', async (_, members, message) => {
    expect(await refusal(lineWith(members))).toBe(`tsmap: FILE: line 2: ${message}; ${LEFT_OUT}`);
  });

  test('with other fields than a thousand before is left out', async () => {
    const columns = (letter: string) =>
      JSON.stringify([...GOOD.columns, ...Array.from({ length: 600 }, (_, n) => `${letter}${n}`)]);
    const lines = ['A', 'B'].map((letter) => lineWith({ columns: columns(letter) }));
    const content = HEADER_LINE + lines.join('');
    expect(await inSmallHeap(content, ['--total', '--from', 'FILE'])).toMatchObject({
      message:
        'tsmap: FILE: line 3: its fields and those of other lines are more than 1000; it was left out\n',
      status: 1,
      text: expect.stringContaining('1001 2504 1484'),
    });
  });
});
