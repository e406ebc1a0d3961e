import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replaceFile } from '../../support/proc/replace-file.ts';
import { endProcessesAfterwards, startSleep, until } from '../../support/processes.ts';
import { FIXTURES, inTemporaryDirectory, ROOT, tsmap } from '../../support/program.ts';
import { startSteps } from '../../support/steps.ts';
import { canMountFileSystem } from '../../support/system/mount.ts';
import {
  endOf,
  linesIn,
  momentsOf,
  readRecording,
  startRecording,
} from '../../support/verbs/recorder.ts';

endProcessesAfterwards();

describe('a recording', () => {
  test('has each step of a process to the page', async () => {
    await inTemporaryDirectory(async (directory) => {
      const steps = await startSteps();
      const path = join(directory, 'a.tsmap');
      const recording = startRecording(path, [String(steps.pid), '--interval', '50ms']);
      /** The size and Rss of the area in KiB, in a sample that began after now. */
      const expected: { sample: number; area: readonly [number, number] | undefined }[] = [];
      const expectFromNow = async (area: readonly [number, number] | undefined) => {
        // The first line is the header, so this is the sample after the one that may be under way.
        const sample = Math.max(1, linesIn(path));
        await until(() => linesIn(path) > sample + 1, 'nothing is recorded');
        expected.push({ sample, area });
      };
      await expectFromNow(undefined);
      const { number, address } = await steps.area('reserve 400');
      await expectFromNow([400, 0]);
      for (const { command, rssKib } of [
        { command: `touch ${number} 40`, rssKib: 40 },
        { command: `touch ${number} 400`, rssKib: 400 },
        { command: `drop ${number} 100`, rssKib: 300 },
      ]) {
        await steps.say(command);
        await expectFromNow([400, rssKib]);
      }
      await steps.say(`unmap ${number}`);
      await expectFromNow(undefined);
      await steps.end();
      expect(await endOf(recording)).toEqual({ status: 0, signal: null, stderr: '' });
      const { samples, problems } = await readRecording(path);
      const areaIn = (sample: number) => {
        const { rows = [], vocabulary } = samples[sample] ?? {};
        const row = rows.find(({ start }) => start === Number.parseInt(address, 16));
        return row && [(row.end - row.start) / 1024, row.values[vocabulary?.slot('Rss') ?? -1]];
      };
      expect(expected.map(({ sample }) => ({ sample, area: areaIn(sample) }))).toEqual(expected);
      expect(problems).toEqual([]);
      expect(momentsOf({ samples })).toEqual(samples.map((_, index) => index + 1));
    });
  });

  test.each([
    ['SIGINT', { status: 0, signal: null }],
    ['SIGTERM', { status: null, signal: 'SIGTERM' }],
  ] as const)('ends properly on %s', async (signal, end) => {
    await inTemporaryDirectory(async (directory) => {
      const sleeper = await startSleep();
      const path = join(directory, 'a.tsmap');
      const recording = startRecording(path, [
        String(sleeper.pid),
        ...['--interval', '20ms', '--quiet'],
      ]);
      await until(() => linesIn(path) >= 3, 'nothing is recorded');
      recording.kill(signal);
      expect(await endOf(recording)).toEqual({ ...end, stderr: '' });
      const { samples, problems } = await readRecording(path);
      expect(samples.length).toBeGreaterThan(1);
      expect(problems).toEqual([]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
    });
  });

  test('that is killed at any time can be read', async () => {
    await inTemporaryDirectory(async (directory) => {
      const pids = readdirSync(join(ROOT, FIXTURES)).filter((pid) => /^[12]00\d$/.test(pid));
      const kill = async (index: number) => {
        const path = join(directory, `${index}.tsmap${index % 2 === 0 ? '' : '.gz'}`);
        const args = ['--proc-root', FIXTURES, ...pids, '--interval', '1ms', '-q'];
        const recording = startRecording(path, args);
        // Enough for the header and the whole first sample.
        const isRecording = () => existsSync(path) && statSync(path).size > 10_000;
        await until(isRecording, 'nothing is recorded');
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
        recording.kill('SIGKILL');
        await recording.ended;
        const { samples, problems } = await readRecording(path);
        expect(samples.length).toBeGreaterThan(0);
        expect(['', 'cut-recording']).toContain(problems.join());
      };
      for (let index = 0; index < 50; index += 5) {
        await Promise.all([0, 1, 2, 3, 4].map((more) => kill(index + more)));
      }
    });
  }, 120_000);

  const canMount = canMountFileSystem('a recording on a full disk');
  test.runIf(canMount)('to a full disk ends there and can be read', async () => {
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
      const { samples, problems } = await readRecording(copy);
      expect(samples.length).toBeGreaterThan(5);
      expect(problems).toEqual([]);
    });
  });

  test('does not go on with another process that has the same id', async () => {
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
      const recording = startRecording(path, args);
      await until(() => linesIn(path) > 4, 'nothing is recorded');
      const stat = join(directory, 'proc/1001/stat');
      const fields = readFileSync(stat, 'utf8').split(' ');
      const start = Number(fields[21]);
      replaceFile(stat, fields.with(21, String(start + 1)).join(' '));
      const before = linesIn(path);
      await until(() => linesIn(path) > before + 3, 'the other one is not recorded any more');
      recording.kill('SIGINT');
      expect(await endOf(recording)).toEqual({ status: 0, signal: null, stderr: '' });
      const { samples } = await readRecording(path);
      const starts = samples
        .filter(({ head }) => head.pid === 1001)
        .map(({ head }) => head.startTimeTicks);
      expect(new Set(starts)).toEqual(new Set([start]));
      expect(samples.slice(-2).map(({ head }) => head.pid)).toEqual([1002, 1002]);
    });
  });
});
