import { execFileSync } from 'node:child_process';
import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../../src/model/errors/problem.ts';
import { gzipMember } from '../../../../src/recording/compression/gzip-members.ts';
import { zstdOfNode } from '../../../../src/recording/compression/zstd.ts';
import { encodeHeader } from '../../../../src/recording/header.ts';
import { parsePosition } from '../../../../src/recording/read/position.ts';
import { openRecording } from '../../../../src/recording/read/recording.ts';
import { readSamplesAt } from '../../../../src/recording/read/samples-at.ts';
import { isRecording } from '../../../../src/recording/read/sniff.ts';
import { inTemporaryDirectory } from '../../../support/program.ts';
import {
  contentOf,
  fixtureSample,
  HEADER,
  lineOf,
  recordingText,
  tinySample,
} from '../../../support/text/recordings.ts';

const SAMPLES = [0, 10, 20].map((seconds) => tinySample(2014, seconds));
const TEXT = recordingText(SAMPLES);

/** Writes a recording to a file and reads it to its end. */
function reading(content: string | Uint8Array) {
  return inTemporaryDirectory(async (directory) => {
    const path = join(directory, 'a.tsmap');
    writeFileSync(path, content);
    return readAll(path);
  });
}

async function readAll(path: string) {
  const recording = await openRecording(path);
  const samples = [];
  for await (const sample of recording.samples()) samples.push(sample);
  const problems = recording.problems.map(({ code, message }) => ({ code, message }));
  return { header: recording.header, samples, problems };
}

/** The message about a file that cannot be opened. */
async function refusal(content: string | Uint8Array): Promise<string> {
  return reading(content).then(
    () => 'none',
    (error) => error.problem.message,
  );
}

describe('a recording', () => {
  test('reads back: header, samples in their order, no problems', async () => {
    const { header, samples, problems } = await reading(TEXT);
    expect(header).toEqual(HEADER);
    expect(samples.map(contentOf)).toEqual(SAMPLES.map(contentOf));
    expect(samples.map(({ moment }) => moment)).toEqual([1, 2, 3]);
    expect(problems).toEqual([]);
  });

  test('that is only a header has no samples', async () => {
    const { samples, problems } = await reading(encodeHeader(HEADER));
    expect({ samples, problems }).toEqual({ samples: [], problems: [] });
  });

  test.each<[string, string, string]>([
    ['an empty file', '', 'is empty: expected a recording'],
    [
      'a text',
      '00400000-00401000 r-xp 00000000 fe:00 1234 /bin/x\n',
      'is not a recording: expected a first line {"schema":"tsmap.recording/1", ...}',
    ],
    [
      'other JSON',
      '{"schema":"tsmap.snapshot/1"}\n',
      'is not a recording: expected a first line {"schema":"tsmap.recording/1", ...}',
    ],
    [
      'a newer schema',
      '{"schema":"tsmap.recording/2","else":1}\n{}\n',
      'has the schema tsmap.recording/2, and this version of tsmap reads only tsmap.recording/1: use a newer version',
    ],
    [
      'a header that is cut',
      TEXT.slice(0, 60),
      'line 1: cut off before anything was recorded; record --force replaces the file',
    ],
    ['a damaged header', '{"schema":"tsmap.recording/1"}\n', 'line 1: tsmap is not a string'],
  ])('is not made of %s', async (_, content, message) => {
    expect(await refusal(content)).toBe(message);
  });

  test('that is cut at any byte of its last two lines loses only what is cut, and reports it', async () => {
    const [, , third = '', fourth = ''] = TEXT.split(/(?<=\n)/);
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      writeFileSync(path, TEXT);
      for (
        let length = TEXT.length;
        length >= TEXT.length - third.length - fourth.length;
        length--
      ) {
        truncateSync(path, length);
        const { samples, problems } = await readAll(path);
        const missing = TEXT.length - length;
        const whole = missing === 0 ? 3 : missing <= fourth.length ? 2 : 1;
        const isBetween = [0, fourth.length, fourth.length + third.length].includes(missing);
        const line = whole + 2;
        const message = `the last line (line ${line}) is cut off, as after a crash or a full disk; it was left out`;
        const kept = missing === fourth.length + third.length ? 1 : whole;
        expect(samples.map(({ moment }) => moment)).toEqual([1, 2, 3].slice(0, kept));
        expect(problems).toEqual(isBetween ? [] : [{ code: 'cut-recording', message }]);
      }
    });
  });

  test('with damaged lines in the middle loses them, and reports it once', async () => {
    const [header, ...lines] = TEXT.trimEnd().split('\n');
    const content = [header, lines[0], '{"moment":1,', lines[1], '', '[]', lines[2], ''].join('\n');
    const { samples, problems } = await reading(content);
    expect(samples.map(({ moment }) => moment)).toEqual([1, 2, 3]);
    const message = 'line 3: not JSON; it was left out (and 2 more such lines)';
    expect(problems).toEqual([{ code: 'malformed', message }]);
  });
});

/** Cuts compressed lines everywhere, and damages them. */
async function expectCutsToBeReported(lines: readonly Buffer[]): Promise<void> {
  await inTemporaryDirectory(async (directory) => {
    const path = join(directory, 'a.tsmap');
    const all = Buffer.concat(lines);
    const rest = lines.slice(2).reduce((sum, { length }) => sum + length, 0);
    const last = lines.at(-1)?.length ?? 0;
    for (let length = all.length; length >= all.length - rest; length--) {
      writeFileSync(path, all.subarray(0, length));
      const { samples, problems } = await readAll(path);
      const isBetween = [all.length, all.length - last, all.length - rest].includes(length);
      expect(problems.map(({ code }) => code)).toEqual(isBetween ? [] : ['cut-recording']);
      const least = length === all.length ? 3 : length >= all.length - last ? 2 : 1;
      expect(samples.length).toBeGreaterThanOrEqual(least);
    }
  });
}

describe('a compressed recording', () => {
  const lines = TEXT.split(/(?<=\n)/).map((line) => Buffer.from(line));

  test.each([
    ['line by line, as it is recorded', Buffer.concat(lines.map(gzipMember))],
    ['line by line, by another program', Buffer.concat(lines.map((line) => gzipSync(line)))],
    ['as a whole', gzipSync(TEXT)],
  ])('%s reads back, whatever its name', async (_, content) => {
    const { samples, problems } = await reading(content);
    expect(samples.map(contentOf)).toEqual(SAMPLES.map(contentOf));
    expect(problems).toEqual([]);
  });

  test('is read by gunzip', () => {
    expect(gunzipSync(Buffer.concat(lines.map(gzipMember))).toString()).toBe(TEXT);
    const input = Buffer.concat(lines.map(gzipMember));
    expect(execFileSync('gzip', ['-dc'], { input }).toString()).toBe(TEXT);
  });

  test.each([
    ['by the recorder', gzipMember],
    ['by another program', (line: Buffer) => gzipSync(line)],
  ])('%s that is cut at any byte of its last two lines reports it', async (_, compress) => {
    await expectCutsToBeReported(lines.map((line) => compress(line)));
  });

  test('that is damaged loses the damaged line', async () => {
    const members = lines.map((line) => gzipMember(line));
    members[2]?.fill(0xff, 30, 60);
    const { samples, problems } = await reading(Buffer.concat(members));
    expect(samples.map(({ moment }) => moment)).toEqual([1, 3]);
    const message = 'line 3: its compressed data is damaged; it was left out';
    expect(problems).toEqual([{ code: 'malformed', message }]);
  });

  test('whose members cannot be found any more reports from where on', async () => {
    const members = lines.map((line) => gzipMember(line));
    members[2]?.fill(0xff, 0, 30);
    members[3]?.fill(0xff, 0, 30);
    const { samples, problems } = await reading(Buffer.concat(members));
    expect(samples.map(({ moment }) => moment)).toEqual([1]);
    const message = 'line 3: the compressed data is damaged from here on; the rest was left out';
    expect(problems).toEqual([{ code: 'malformed', message }]);
  });

  test('is recognized even if what follows its first line is damaged', async () => {
    const members = lines.map((line) => gzipMember(line));
    members[2]?.fill(0xff, 30, 60);
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap.gz');
      writeFileSync(path, Buffer.concat(members));
      expect(await isRecording(path)).toBe(true);
    });
  });

  test('of many members without the end of a line is read in linear time', async () => {
    const [header = Buffer.alloc(0)] = lines;
    const piece = gzipMember(Buffer.from(' '));
    const content = Buffer.concat([gzipMember(header), Buffer.alloc(piece.length * 60_000, piece)]);
    const { samples, problems } = await reading(content);
    expect(samples).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['cut-recording']);
  }, 15_000);

  test('that another program damaged reports it', async () => {
    const noise = Array.from({ length: 9000 }, (_, index) => Math.sin(index)).join();
    const content = gzipSync(TEXT.replace(/("moment":1.*?"comm":)"[^"]*"/, `$1"${noise}"`));
    content.fill(0xff, content.length - 60, content.length - 30);
    const { samples, problems } = await reading(content);
    expect(samples.length).toBeLessThan(3);
    expect(problems.map(({ code }) => code)).toEqual(['malformed']);
  });

  const zstd = zstdOfNode();
  if (zstd === undefined) {
    console.warn(`skipped: zstd, which Node ${process.version} lacks`);
    test('with zstd is refused if Node lacks zstd', async () => {
      const content = Buffer.concat([Buffer.from('28b52ffd', 'hex'), Buffer.alloc(50)]);
      expect(await refusal(content)).toBe(
        'is compressed with zstd, which this version of Node.js lacks: decompress it with zstd -d, or use Node.js 22.15 or newer',
      );
    });
  } else {
    test('with zstd reads back, and cuts and damage are reported', async () => {
      const frames = lines.map((line) => zstd.zstdCompressSync(line));
      const { samples, problems } = await reading(Buffer.concat(frames));
      expect(samples.map(contentOf)).toEqual(SAMPLES.map(contentOf));
      expect(problems).toEqual([]);
      expect((await reading(zstd.zstdCompressSync(Buffer.from(TEXT)))).samples).toHaveLength(3);
      await expectCutsToBeReported(frames);
      const damaged = await reading(Buffer.concat([...frames.slice(0, 2), Buffer.alloc(50)]));
      expect(damaged.samples).toHaveLength(1);
      expect(damaged.problems.map(({ code }) => code)).toEqual(['malformed']);
    });
  }
});

describe('a moment of a recording', () => {
  const two = tinySample(2015, 11);
  const lines = [
    ...[lineOf(SAMPLES[0] ?? two, 4), lineOf(SAMPLES[1] ?? two, 5), lineOf(two, 5)],
    lineOf(SAMPLES[2] ?? two, 6),
  ];
  const content = encodeHeader(HEADER).toString() + lines.map((line) => `${line}\n`).join('');

  const momentsAt = (at: string, text = content) =>
    inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      writeFileSync(path, text);
      const problems: Problem[] = [];
      const chosen = parsePosition(at);
      if (chosen === undefined) throw new Error(at);
      const onProblem = (problem: Problem) => problems.push(problem);
      const { samples } = await readSamplesAt(path, chosen, onProblem, { keepsRows: true });
      const messages = problems.map(({ message }) => message);
      return { found: samples.map(({ moment, head }) => `${moment}: ${head.pid}`), messages };
    });

  test.each([
    ['first', ['4: 2014']],
    ['last', ['6: 2014']],
    ['5', ['5: 2014', '5: 2015']],
    ['2026-11-22T10:00:00Z', ['4: 2014']],
    ['2026-11-22T10:00:09.999Z', ['4: 2014']],
    ['2026-11-22T10:00:10Z', ['5: 2014', '5: 2015']],
    ['2026-11-22T10:00:10.500Z', ['5: 2014', '5: 2015']],
    ['2027-01-01T00:00Z', ['6: 2014']],
  ])('%s is %j', async (at, found) => {
    expect(await momentsAt(at)).toEqual({ found, messages: [] });
    // The same if another program wrote the lines.
    const rewritten = lines.map((line) => {
      const { moment, taken_at, ...rest } = JSON.parse(line);
      return `${JSON.stringify({ ...rest, taken_at, moment }, undefined, 1).replaceAll('\n', '')}\n`;
    });
    const text = encodeHeader(HEADER).toString() + rewritten.join('');
    expect(await momentsAt(at, text)).toEqual({ found, messages: [] });
  });

  test.each([
    ['3', content, 'has no moment 3: it holds moments 4 to 6'],
    ['7', content, 'has no moment 7: it holds moments 4 to 6'],
    [
      '2026-11-22T09:59:59.999Z',
      content,
      'has no moment at or before that time: it begins at 2026-11-22T10:00:00.000Z and ends at 2026-11-22T10:00:20.000Z',
    ],
    ['last', encodeHeader(HEADER).toString(), 'holds no samples'],
    ['first', content.replace('"rows"', '"rose"'), 'no sample of this moment can be read'],
  ])('%s that does not exist is reported (%#)', async (at, text, message) => {
    await expect(momentsAt(at, text)).rejects.toMatchObject({ problem: { message } });
  });

  test('before a cut is found, and the cut is reported', async () => {
    const message =
      'the last line (line 5) is cut off, as after a crash or a full disk; it was left out';
    expect(await momentsAt('last', content.slice(0, -5))).toEqual({
      found: ['5: 2014', '5: 2015'],
      messages: [message],
    });
  });
});

describe('a file', () => {
  test.each<[string, string | Uint8Array, boolean]>([
    ['a recording', TEXT, true],
    ['one that is compressed', gzipSync(TEXT), true],
    ['one of a newer schema', '{"schema":"tsmap.recording/9"}\n', true],
    [
      'a gigabyte of nothing',
      Buffer.concat(Array(16).fill(gzipSync(Buffer.alloc(64 * 1024 * 1024)))),
      false,
    ],
    ['a compressed text', gzipSync('00400000-00401000 r-xp 00000000 fe:00 1234\n'), false],
    ['a snapshot', '{"schema":"tsmap.snapshot/1"}\n', false],
    ['nothing', '', false],
    ['half a compressed file', gzipSync(TEXT).subarray(0, 15), false],
  ])('with %s: is it a recording? %s', async (_, content, answer) => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'x');
      writeFileSync(path, content);
      expect(await isRecording(path)).toBe(answer);
    });
  });

  test('that does not exist is not a recording, and the error of opening it has the reason', async () => {
    await inTemporaryDirectory(async (directory) => {
      const missing = join(directory, 'none');
      expect([await isRecording(missing), await isRecording(directory)]).toEqual([false, false]);
      await expect(openRecording(missing)).rejects.toMatchObject({
        problem: { subject: missing, message: 'no such file' },
      });
      await expect(openRecording(directory)).rejects.toMatchObject({
        problem: { message: 'is a directory' },
      });
    });
  });

  test('that grows while it is read still has the moments that it had', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      writeFileSync(path, TEXT);
      const recording = await openRecording(path);
      appendFileSync(path, `${lineOf(SAMPLES[0] ?? fixtureSample(1001), 4)}\n`);
      const moments = [];
      for await (const { moment } of recording.samples()) moments.push(moment);
      expect(moments.slice(0, 3)).toEqual([1, 2, 3]);
    });
  });
});
