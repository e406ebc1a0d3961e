import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endProcessesAfterwards, until } from '../../support/processes.ts';
import { FIXTURES, inTemporaryDirectory, ROOT, runCommand, tsmap } from '../../support/program.ts';
import { canMountFileSystem } from '../../support/system/mount.ts';
import {
  AS_OTHER_USER,
  onlyAsRoot,
  withProgramForOtherUsers,
} from '../../support/system/other-user.ts';
import {
  endOf,
  linesIn,
  momentsOf,
  readRecording,
  recordFixtures,
  startRecording,
} from '../../support/verbs/recorder.ts';

endProcessesAfterwards();

const AS_IT_WAS = 'nothing was recorded, and the old file is as it was';
const isRoot = onlyAsRoot('--force and the owners of files');

describe('record --force', () => {
  test.each(['a.tsmap', 'a.tsmap.gz'])('replaces %s, and leaves nothing else', async (name) => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, name);
      writeFileSync(path, 'old\n');
      chmodSync(path, 0o640);
      const { stderr, status } = await recordFixtures(path, '1001', '--count', '2', '--force');
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      expect(momentsOf(await readRecording(path))).toEqual([1, 2]);
      expect(statSync(path).mode & 0o777).toBe(0o640);
      expect(readdirSync(directory)).toEqual([name]);
    });
  });

  test.runIf(isRoot)('lets a file keep its owner and its permissions', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      writeFileSync(path, 'old\n');
      chownSync(path, 65534, 12345);
      chmodSync(path, 0o660);
      await recordFixtures(path, '1001', '--count', '1', '--force');
      const { uid, gid, mode } = statSync(path);
      expect({ uid, gid, mode: mode & 0o777 }).toEqual({ uid: 65534, gid: 12345, mode: 0o660 });
    });
  });

  test('replaces the file that a link leads to, and keeps the link', async () => {
    await inTemporaryDirectory(async (directory) => {
      mkdirSync(join(directory, 'elsewhere'));
      const path = join(directory, 'a.tsmap');
      const target = join(directory, 'elsewhere', 'b.tsmap');
      writeFileSync(target, 'old\n');
      symlinkSync('elsewhere/b.tsmap', path);
      await recordFixtures(path, '1001', '--count', '1', '--force');
      expect(lstatSync(path).isSymbolicLink()).toBe(true);
      expect(lstatSync(target).isFile()).toBe(true);
      expect(momentsOf(await readRecording(target))).toEqual([1]);
      expect(readdirSync(join(directory, 'elsewhere'))).toEqual(['b.tsmap']);
    });
  });

  test('with --max-size replaces the file and rotates what it records', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      writeFileSync(path, 'old\n');
      const args = ['1001', '--count', '12', '--max-size', '40k', '--force', '-q'];
      expect(await recordFixtures(path, ...args)).toMatchObject({ stderr: '', status: 0 });
      const names = readdirSync(directory).sort();
      expect(names.slice(0, 2)).toEqual(['a.tsmap', 'a.tsmap.1']);
      const oldestFirst = [...names.slice(1).reverse(), 'a.tsmap'];
      const read = await Promise.all(
        oldestFirst.map((name) => readRecording(join(directory, name))),
      );
      expect(read.flatMap(momentsOf)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
    });
  });

  test('keeps the old file if the process cannot be read', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      writeFileSync(path, 'old\n');
      // A process without smaps.
      const { status } = await recordFixtures(path, '2906', '--force', '--count', '1');
      expect(status).toBe(1);
      expect(readFileSync(path, 'utf8')).toBe('old\n');
      expect(readdirSync(directory)).toEqual(['a.tsmap']);
    });
  });
});

/** Starts a recording whose first moment stands still at the second of three processes. */
async function startHalfMoment(directory: string) {
  const proc = join(directory, 'proc');
  for (const pid of ['1001', '1002', '1003']) {
    cpSync(join(ROOT, FIXTURES, pid), join(proc, pid), { recursive: true });
  }
  const smaps = join(proc, '1002/smaps');
  rmSync(smaps);
  execFileSync('mkfifo', [smaps]);
  const place = join(directory, 'place');
  mkdirSync(place);
  const path = join(place, 'a.tsmap');
  writeFileSync(path, 'old\n');
  const args = ['1001', '1002', '1003', '--proc-root', proc, '--force', '--interval', '20ms', '-q'];
  const recording = startRecording(path, args);
  const aside = () => readdirSync(place).find((name) => name !== 'a.tsmap');
  // The header and one sample.
  await until(() => linesIn(join(place, aside() ?? 'none')) === 2, 'nothing is recorded');
  const goOn = () => writeFileSync(smaps, readFileSync(join(ROOT, FIXTURES, '1002/smaps')));
  return { recording, path, place, aside, goOn };
}

describe('record --force before its first moment is whole', () => {
  test('has not touched the old file, and does not show the new one to others', async () => {
    await inTemporaryDirectory(async (directory) => {
      const { recording, path, place, aside, goOn } = await startHalfMoment(directory);
      expect(readFileSync(path, 'utf8')).toBe('old\n');
      const name = aside() ?? '';
      expect(name).toMatch(/^\.tsmap-[0-9a-f]{32}$/);
      expect(statSync(join(place, name)).mode & 0o077).toBe(statSync(path).mode & 0o077);
      goOn();
      await until(() => linesIn(path) >= 4, 'the old file is not replaced');
      expect(readdirSync(place)).toEqual(['a.tsmap']);
      recording.kill('SIGKILL');
      await recording.ended;
      expect(momentsOf(await readRecording(path)).slice(0, 3)).toEqual([1, 1, 1]);
    });
  });

  test.each([
    ['SIGINT', { status: 0, signal: null }],
    ['SIGTERM', { status: null, signal: 'SIGTERM' }],
    ['SIGHUP', { status: null, signal: 'SIGHUP' }],
  ] as const)('keeps the old file on %s, and says so', async (signal, end) => {
    await inTemporaryDirectory(async (directory) => {
      const { recording, path, place, goOn } = await startHalfMoment(directory);
      recording.kill(signal);
      goOn();
      const message = `interrupted before the first moment was whole: ${AS_IT_WAS}`;
      expect(await endOf(recording)).toEqual({ ...end, stderr: `tsmap: ${path}: ${message}\n` });
      expect(readFileSync(path, 'utf8')).toBe('old\n');
      expect(readdirSync(place)).toEqual(['a.tsmap']);
    });
  });

  test('says that the new file was removed', async () => {
    await inTemporaryDirectory(async (directory) => {
      const { recording, path, place, aside, goOn } = await startHalfMoment(directory);
      rmSync(join(place, aside() ?? ''));
      goOn();
      expect(await endOf(recording)).toEqual({
        status: 1,
        signal: null,
        stderr: `tsmap: ${path}: the new file beside it was removed: ${AS_IT_WAS}\n`,
      });
      expect(readFileSync(path, 'utf8')).toBe('old\n');
    });
  });

  test('does not replace a file that another program put in its place', async () => {
    await inTemporaryDirectory(async (directory) => {
      const { recording, path, place, goOn } = await startHalfMoment(directory);
      await recording.whileStopped(() => {
        writeFileSync(join(place, 'other'), 'precious\n');
        execFileSync('mv', [join(place, 'other'), path]);
      });
      goOn();
      expect(await endOf(recording)).toEqual({
        status: 1,
        signal: null,
        stderr: `tsmap: ${path}: another program replaced it: ${AS_IT_WAS}\n`,
      });
      expect(readFileSync(path, 'utf8')).toBe('precious\n');
      expect(readdirSync(place)).toEqual(['a.tsmap']);
    });
  });
});

const RECORD = ['record', '--proc-root', FIXTURES, '1001', '1002', '--count', '1', '--force'];
const canMount = canMountFileSystem('record --force on a full disk and on a mount point');

/** Runs record --force in a mount namespace in which `script` made /mnt/a.tsmap. */
function recordMounted(script: string, ...args: string[]) {
  const after = 'status=$?; cat /mnt/a.tsmap; ls -A /mnt; exit $status';
  const wrapper = ['unshare', '-m', 'sh', '-c', `${script} && "$@"; ${after}`, 'sh'];
  return tsmap([...RECORD, ...args], { wrapper });
}

describe.runIf(canMount)('record --force keeps the old file', () => {
  const FULL = `mount -n -t tmpfs -o size=64k none /mnt && echo old > /mnt/a.tsmap`;

  test.each([
    ['even for the header', '64000'],
    ['for the second process', '48000'],
    ['for the first sample', '57000'],
  ])('if the disk has no room %s', async (_, bytes) => {
    const fill = `head -c ${bytes} /dev/zero > /mnt/full 2>/dev/null; true`;
    const { stdout, stderr, status } = await recordMounted(
      `${FULL} && ${fill}`,
      '-o',
      '/mnt/a.tsmap',
    );
    expect(stderr).toBe(`tsmap: /mnt/a.tsmap: no space left on device: ${AS_IT_WAS}\n`);
    expect({ stdout: stdout.toString(), status }).toEqual({
      stdout: 'old\na.tsmap\nfull\n',
      status: 1,
    });
  });

  test('if it is a mount point', async () => {
    const script =
      'mount -n -t tmpfs none /mnt && echo old > /mnt/a.tsmap && mount --bind /mnt/a.tsmap /mnt/a.tsmap';
    const { stdout, stderr, status } = await recordMounted(script, '-o', '/mnt/a.tsmap');
    expect(stderr).toBe(
      `tsmap: /mnt/a.tsmap: is a mount point, which cannot be replaced: ${AS_IT_WAS}\n`,
    );
    expect({ stdout: stdout.toString(), status }).toEqual({ stdout: 'old\na.tsmap\n', status: 1 });
  });
});

test.runIf(isRoot)(
  'record --force keeps the old file if no other can be written beside it',
  async () => {
    await withProgramForOtherUsers(async (program) => {
      const place = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
      try {
        chmodSync(place, 0o755);
        const path = join(place, 'a.tsmap');
        writeFileSync(path, 'old\n');
        chownSync(path, 65534, 65534);
        const proc = join(place, 'proc');
        cpSync(join(ROOT, FIXTURES, '1001'), join(proc, '1001'), { recursive: true });
        const args = ['record', '--proc-root', proc, '1001', '--count', '1', '--force', '-o', path];
        const command = [...AS_OTHER_USER, process.execPath, program, ...args];
        const { stderr, status } = await runCommand(command);
        expect(stderr).toBe(
          `tsmap: ${path}: permission denied: no file can be created in its directory: ${AS_IT_WAS}\n`,
        );
        expect({ status, content: readFileSync(path, 'utf8') }).toEqual({
          status: 1,
          content: 'old\n',
        });
      } finally {
        rmSync(place, { recursive: true });
      }
    });
  },
);
