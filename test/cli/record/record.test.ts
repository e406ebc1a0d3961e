import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { zstdOfNode } from '../../../src/recording/compression/zstd.ts';
import type { RecordedSample } from '../../../src/recording/read/decode.ts';
import { openRecording } from '../../../src/recording/read/recording.ts';
import { removeDirectory, replaceFile } from '../../support/proc/replace-file.ts';
import {
  endProcessesAfterwards,
  endWithTests,
  startSleep,
  until,
} from '../../support/processes.ts';
import {
  cleanEnvironment,
  commandFor,
  FIXTURES,
  inTemporaryDirectory,
  isExecutable,
  ROOT,
  tsmap,
} from '../../support/program.ts';
import { startSteps } from '../../support/steps.ts';

endProcessesAfterwards();

async function read(path: string) {
  const recording = await openRecording(path);
  const samples: RecordedSample[] = [];
  for await (const sample of recording.samples()) samples.push(sample);
  return {
    header: recording.header,
    samples,
    problems: recording.problems.map(({ code }) => code),
  };
}

const momentsOf = ({ samples }: { samples: readonly RecordedSample[] }) =>
  samples.map(({ moment }) => moment);

/** Records fixtures, which do not change. */
const record = async (path: string, ...args: string[]) => {
  const place = ['--proc-root', FIXTURES, '-o', path, '--interval', '20ms'];
  const result = await tsmap(['record', ...place, ...args]);
  return { ...result, stderr: withoutMissed(result.stderr) };
};

/** Removes the messages about missed moments: a loaded machine misses some that are 20 ms apart. */
const withoutMissed = (stderr: string): string =>
  stderr.replace(/^tsmap: \d+ moments? w.* missed: .*\n/gm, '');

/** Starts a recording that goes on until it is ended. */
function startRecording(path: string, args: readonly string[]) {
  const [command = '', ...rest] = commandFor(['record', '-o', path, ...args]);
  const child = spawn(command, rest, {
    cwd: ROOT,
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  endWithTests(child);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const ended = new Promise<{ status: number | null; signal: string | null; stderr: string }>(
    (resolve) => {
      const end = () => withoutMissed(stderr);
      child.on('close', (status, signal) => resolve({ status, signal, stderr: end() }));
    },
  );
  return { child, ended };
}

const linesIn = (path: string) =>
  existsSync(path) ? readFileSync(path, 'latin1').split('\n').length - 1 : 0;

describe('a recording', () => {
  test('has each step of a process, exact to the page', async () => {
    await inTemporaryDirectory(async (directory) => {
      const steps = await startSteps();
      const path = join(directory, 'a.tsmap');
      const { ended } = startRecording(path, [String(steps.pid), '--interval', '50ms']);
      const moment = async () => {
        const before = linesIn(path);
        await until(() => linesIn(path) >= before + 2, 'nothing is recorded');
      };
      await moment();
      const { number, address } = await steps.area('reserve 400');
      for (const command of [`touch ${number} 40`, `touch ${number} 400`, `drop ${number} 100`]) {
        await moment();
        await steps.say(command);
      }
      await moment();
      await steps.say(`unmap ${number}`);
      await moment();
      await steps.end();
      expect(await ended).toEqual({ status: 0, signal: null, stderr: '' });
      const { samples, problems } = await read(path);
      const seen = samples.map(({ rows, vocabulary }) => {
        const row = rows.find(({ start }) => start === Number.parseInt(address, 16));
        return row && [(row.end - row.start) / 1024, row.values[vocabulary.slot('Rss')]];
      });
      const changes = seen.filter((each, at) => String(each) !== String(seen[at - 1]));
      expect(changes.slice(changes[0] === undefined ? 1 : 0)).toEqual([
        ...[[400, 0], [400, 40], [400, 400], [400, 300], undefined],
      ]);
      expect(problems).toEqual([]);
      expect(momentsOf({ samples })).toEqual(samples.map((_, index) => index + 1));
    });
  }, 60_000);

  test.each([
    ['SIGINT', { status: 0, signal: null }],
    ['SIGTERM', { status: null, signal: 'SIGTERM' }],
  ] as const)(
    'ends properly on %s',
    async (signal, end) => {
      await inTemporaryDirectory(async (directory) => {
        const sleeper = await startSleep();
        const path = join(directory, 'a.tsmap');
        const { child, ended } = startRecording(path, [
          String(sleeper.pid),
          ...['--interval', '20ms', '--quiet'],
        ]);
        await until(() => linesIn(path) >= 3, 'nothing is recorded');
        child.kill(signal);
        expect(await ended).toEqual({ ...end, stderr: '' });
        const { samples, problems } = await read(path);
        expect(samples.length).toBeGreaterThan(1);
        expect(problems).toEqual([]);
        expect(statSync(path).mode & 0o777).toBe(0o600);
      });
    },
    30_000,
  );

  test('that is killed at any time can be read', async () => {
    await inTemporaryDirectory(async (directory) => {
      const pids = readdirSync(join(ROOT, FIXTURES)).filter((pid) => /^[12]00\d$/.test(pid));
      const kill = async (index: number) => {
        const path = join(directory, `${index}.tsmap${index % 2 === 0 ? '' : '.gz'}`);
        const args = ['--proc-root', FIXTURES, ...pids, '--interval', '1ms', '-q'];
        const { child, ended } = startRecording(path, args);
        // Enough for the header and the whole first sample.
        const isRecording = () => existsSync(path) && statSync(path).size > 10_000;
        await until(isRecording, 'nothing is recorded');
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
        child.kill('SIGKILL');
        await ended;
        const { samples, problems } = await read(path);
        expect(samples.length).toBeGreaterThan(0);
        expect(['', 'cut-recording']).toContain(problems.join());
      };
      for (let index = 0; index < 50; index += 5) {
        await Promise.all([0, 1, 2, 3, 4].map((more) => kill(index + more)));
      }
    });
  }, 120_000);

  const canMount =
    spawnSync('unshare', ['-m', 'sh', '-c', 'mount -n -t tmpfs none /mnt']).status === 0;
  if (!canMount) console.warn('skipped: a full disk, for nothing can be mounted here');
  test.runIf(canMount)(
    'to a full disk ends there and can be read',
    async () => {
      await inTemporaryDirectory(async (directory) => {
        const script =
          'mount -n -t tmpfs -o size=1m none /mnt && "$@"; status=$?; cp /mnt/a.tsmap "$0"; exit $status';
        const copy = join(directory, 'copy.tsmap');
        const wrapper = ['unshare', '-m', 'sh', '-c', script, copy];
        const args = ['record', '--proc-root', FIXTURES, '34751', '1001', '-o', '/mnt/a.tsmap'];
        const { stderr, status } = await tsmap([...args, '--interval', '1ms', '-q'], { wrapper });
        expect(stderr).toBe(
          'tsmap: /mnt/a.tsmap: no space left on device: the recording ends here; what was recorded before is in the file\n',
        );
        expect(status).toBe(1);
        expect(readFileSync(copy).at(-1)).toBe(0x0a);
        const { samples, problems } = await read(copy);
        expect(samples.length).toBeGreaterThan(5);
        expect(problems).toEqual([]);
      });
    },
    60_000,
  );

  test('never contains another process that got the same id', async () => {
    await inTemporaryDirectory(async (directory) => {
      for (const pid of ['1001', '1002']) {
        cpSync(join(ROOT, FIXTURES, pid), join(directory, 'proc', pid), { recursive: true });
      }
      const path = join(directory, 'a.tsmap');
      const args = [
        '--proc-root',
        join(directory, 'proc'),
        '1001',
        '1002',
        '--interval',
        '20ms',
        '-q',
      ];
      const { child, ended } = startRecording(path, args);
      await until(() => linesIn(path) > 4, 'nothing is recorded');
      const stat = join(directory, 'proc/1001/stat');
      const fields = readFileSync(stat, 'utf8').split(' ');
      const start = Number(fields[21]);
      replaceFile(stat, fields.with(21, String(start + 1)).join(' '));
      const before = linesIn(path);
      await until(() => linesIn(path) > before + 3, 'the other one is not recorded any more');
      child.kill('SIGINT');
      expect(await ended).toEqual({ status: 0, signal: null, stderr: '' });
      const { samples } = await read(path);
      const starts = samples
        .filter(({ head }) => head.pid === 1001)
        .map(({ head }) => head.startTimeTicks);
      expect(new Set(starts)).toEqual(new Set([start]));
      expect(samples.slice(-2).map(({ head }) => head.pid)).toEqual([1002, 1002]);
    });
  }, 30_000);
});

describe('a file', () => {
  test('is continued with --append: a cut line is removed, moments are numbered on', async () => {
    await inTemporaryDirectory(async (directory) => {
      for (const name of ['a.tsmap', 'a.tsmap.gz', ...(zstdOfNode() ? ['a.tsmap.zst'] : [])]) {
        const path = join(directory, name);
        expect(await record(path, '1001', '--count', '2', '--append')).toMatchObject({
          stderr: '',
          status: 0,
        });
        expect(await record(path, '1001', '--count', '1', '--append')).toMatchObject({
          stderr: '',
          status: 0,
        });
        expect(momentsOf(await read(path))).toEqual([1, 2, 3]);
        writeFileSync(path, readFileSync(path).subarray(0, -7));
        const { stderr, status } = await record(path, '1001', '--count', '1', '--append');
        const message = `${path}: the last line (line 4) was cut off and has been removed`;
        expect({ stderr, status }).toEqual({ stderr: `tsmap: ${message}\n`, status: 0 });
        const { samples, problems } = await read(path);
        expect({ moments: momentsOf({ samples }), problems }).toEqual({
          moments: [1, 2, 3],
          problems: [],
        });
      }
    });
  }, 60_000);

  test('that ends in .gz is read by gunzip and holds the same lines', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap.gz');
      await record(path, '1001', '--count', '2');
      const text = gunzipSync(readFileSync(path)).toString();
      expect(text.split('\n')).toHaveLength(4);
      expect(execFileSync('gzip', ['-dc', path]).toString()).toBe(text);
    });
  });

  test.runIf(zstdOfNode() === undefined && !isExecutable)(
    'that ends in .zst is refused if Node lacks zstd',
    async () => {
      await inTemporaryDirectory(async (directory) => {
        const path = join(directory, 'a.tsmap.zst');
        const { stderr, status } = await record(path, '1001', '--count', '1');
        expect(stderr).toBe(
          `tsmap: ${path}: this version of Node.js lacks zstd: record to a name that ends with .gz, or use Node.js 22.15 or newer\n`,
        );
        expect({ status, isThere: existsSync(path) }).toEqual({ status: 1, isThere: false });
      });
    },
  );

  test.each(['a.tsmap', 'a.tsmap.gz'])(
    '%s is rotated by size, each part whole',
    async (name) => {
      await inTemporaryDirectory(async (directory) => {
        const path = join(directory, name);
        const size = name.endsWith('gz') ? '3500' : '40k';
        // Quiet: a busy machine misses moments, and says so.
        const args = ['--count', '12', '--max-size', size, '--quiet'];
        const { stderr } = await record(path, '1001', '1002', ...args);
        expect(stderr).toBe('');
        const count = readdirSync(directory).length;
        expect(count).toBeGreaterThan(2);
        const parts = [];
        for (let n = count - 1; n >= 1; n--) {
          parts.push(join(directory, name.replace('.tsmap', `.tsmap.${n}`)));
        }
        const read1 = await Promise.all([...parts, path].map(read));
        expect(read1.flatMap(momentsOf)).toEqual(
          Array.from({ length: 24 }, (_, at) => 1 + (at >> 1)),
        );
        for (const { header, problems } of read1) {
          expect(problems).toEqual([]);
          expect(header.processes.map(({ pid }) => pid)).toEqual([1001, 1002]);
        }
      });
    },
    30_000,
  );

  test.each<[string, (path: string) => void, string[], string]>([
    [
      'that is there',
      (path) => writeFileSync(path, 'x'),
      [],
      'already exists: --force replaces it, --append continues it',
    ],
    ['that is a directory', (path) => mkdirSync(path), ['--force'], 'is a directory'],
    [
      'that is no recording',
      (path) => writeFileSync(path, 'x\n'),
      ['--append'],
      'is not a recording: expected a first line {"schema":"tsmap.recording/1", ...}',
    ],
    [
      'of a newer schema',
      (path) => writeFileSync(path, '{"schema":"tsmap.recording/2"}\n'),
      ['--append'],
      'has the schema tsmap.recording/2, and this version of tsmap reads only tsmap.recording/1: use a newer version',
    ],
    [
      'that is a link to nothing',
      (path) => symlinkSync('nothing', path),
      ['--force'],
      'is a link to a file that does not exist',
    ],
    [
      'that is a device',
      (path) => execFileSync('mkfifo', [path]),
      ['--force'],
      'is not a regular file, which a recording needs',
    ],
  ])('%s is refused', async (_, make, args, message) => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      make(path);
      const { stderr, status } = await record(path, '1001', '--count', '1', ...args);
      expect({ stderr, status }).toEqual({ stderr: `tsmap: ${path}: ${message}\n`, status: 1 });
    });
  });

  describe('that another program changes during the recording', () => {
    const CHANGED =
      'another program is writing to it, perhaps another recorder: the recording ends here';

    test.each<[string, (path: string) => unknown, string]>([
      ['by a second recorder', (path) => record(path, '1001', '--count', '1', '--append'), CHANGED],
      [
        'by one that begins anew',
        (path) => record(path, '1001', '--count', '1', '--force'),
        CHANGED,
      ],
      ['emptied', (path) => truncateSync(path, 0), CHANGED],
      ['removed', (path) => unlinkSync(path), 'it was removed: the recording ends here'],
    ])(
      '%s keeps its lines whole, and the recorder says why it ends',
      async (_, change, message) => {
        await inTemporaryDirectory(async (directory) => {
          const path = join(directory, 'a.tsmap');
          const args = ['1001', '--proc-root', FIXTURES, '--interval', '2s'];
          const { ended } = startRecording(path, args);
          await until(() => linesIn(path) === 2, 'a moment is recorded');
          await change(path);
          const left = existsSync(path) ? readFileSync(path) : undefined;
          const { status, stderr } = await ended;
          expect({ status, stderr }).toEqual({ status: 1, stderr: `tsmap: ${path}: ${message}\n` });
          expect(existsSync(path) ? readFileSync(path) : undefined).toEqual(left);
        });
      },
      20_000,
    );
  });

  test('of other processes or another detail is not continued', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      await record(path, '1001', '--count', '1');
      const content = readFileSync(path);
      const other = await record(path, '1002', '--count', '1', '--append');
      expect(other.stderr).toBe(
        `tsmap: ${path}: was recorded from other processes (their ids were 1001): record to another file\n`,
      );
      const detail = await record(path, '1001', '--count', '1', '--append', '--by', 'kind');
      expect(detail.stderr).toBe(
        `tsmap: ${path}: was recorded without --by, not with --by kind: record to another file\n`,
      );
      expect([other.status, detail.status]).toEqual([1, 1]);
      expect(readFileSync(path)).toEqual(content);
    });
  });

  test('is continued without processes that have ended, but not without one that runs', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      const proc = join(directory, 'proc');
      for (const pid of ['1001', '1002']) {
        cpSync(join(ROOT, FIXTURES, pid), join(proc, pid), { recursive: true });
      }
      const recordFrom = (...args: string[]) =>
        tsmap(['record', '--proc-root', proc, '-o', path, '--count', '1', ...args]);
      await recordFrom('1001', '1002');
      const without = await recordFrom('1001', '--append');
      expect(without.stderr).toContain(
        'was recorded from other processes (their ids were 1001, 1002)',
      );
      removeDirectory(join(proc, '1002'));
      const { stderr, status } = await recordFrom('1001', '--append');
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      const { samples } = await read(path);
      expect(samples.map(({ moment, head }) => [moment, head.pid])).toEqual([
        ...[
          [1, 1001],
          [1, 1002],
          [2, 1001],
        ],
      ]);
    });
  });

  test('that is continued with --max-size grows as large as a new one', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      await record(path, '1001', '--count', '6');
      const sixBytes = statSync(path).size;
      const size = String(Math.ceil((sixBytes * 10) / 6));
      await record(path, '1001', '--append', '--count', '12', '--max-size', size);
      const moments = [];
      for (const name of readdirSync(directory).sort()) {
        moments.push(momentsOf(await read(join(directory, name))).length);
      }
      expect(moments.reduce((sum, each) => sum + each)).toBe(18);
      expect(moments.length).toBe(2);
    });
  });

  test('that replaced the recording is not renamed', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      const args = ['1001', '--proc-root', FIXTURES, '--interval', '1s', '--max-size', '10K'];
      const { ended } = startRecording(path, args);
      await until(() => linesIn(path) === 2, 'a moment is recorded');
      renameSync(path, `${path}.old`);
      writeFileSync(path, 'precious');
      const { status, stderr } = await ended;
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: `tsmap: ${path}: it was moved away: the recording ends here\n`,
      });
      expect(readFileSync(path, 'utf8')).toBe('precious');
      expect(readdirSync(directory).sort()).toEqual(['a.tsmap', 'a.tsmap.old']);
    });
  }, 20_000);

  test('in a directory that does not exist is refused', async () => {
    const { stderr, status } = await record('/nowhere/at/all', '1001', '--count', '1');
    expect({ stderr, status }).toEqual({
      stderr: 'tsmap: /nowhere/at/all: no such directory\n',
      status: 1,
    });
  });

  test('is neither created nor lost if there is nothing to record', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      const missing = await record(path, '999');
      expect(missing).toMatchObject({ stderr: 'tsmap: 999: no such process\n', status: 42 });
      const zombie = await record(path, '2012');
      expect(zombie).toMatchObject({
        stderr: 'tsmap: 2012: no such process (it ended)\n',
        status: 42,
      });
      expect(await record(path, '--name', 'nobody')).toMatchObject({
        stderr: 'tsmap: no process matches\n',
        status: 42,
      });
      expect(readdirSync(directory)).toEqual([]);
      writeFileSync(path, 'kept');
      expect((await record(path, '2012', '--force')).status).toBe(42);
      expect(readFileSync(path, 'utf8')).toBe('kept');
    });
  });

  test('has the other processes if one does not exist', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      const { stderr, status } = await record(path, '999', '1001', '--count', '2');
      expect({ stderr, status }).toEqual({ stderr: 'tsmap: 999: no such process\n', status: 42 });
      expect(momentsOf(await read(path))).toEqual([1, 2]);
    });
  });

  test.each<[string[], string]>([
    [['1001'], 'record needs a file to write to: add -o FILE.'],
    [['1001', '-o', '-'], "-o: '-' is not a file name."],
    [['1001', '-o', 'x', '--append', '--force'], '--append contradicts --force.'],
    [
      ['1001', '-o', 'x', '--interval', '0'],
      "--interval: '0' must be longer than 0 (5s, 500ms, 1m30s, 2h).",
    ],
    [
      ['1001', '-o', 'x', '--interval', 'often'],
      "--interval: 'often' is not a duration (5s, 500ms, 1m30s, 2h).",
    ],
    [['1001', '-o', 'x', '--count', '0'], "--count: '0' is not a number of samples (1 or more)."],
    [['1001', '-o', 'x', '--by', 'all'], "--by: 'all' is not one of mapping, kind, total."],
  ])('%j is wrong', async (args, message) => {
    const { stderr, status } = await tsmap(['record', '--proc-root', FIXTURES, ...args]);
    expect({ stderr, status }).toEqual({
      stderr: `tsmap: ${message} Try 'tsmap record --help'\n`,
      status: 1,
    });
  });
});
