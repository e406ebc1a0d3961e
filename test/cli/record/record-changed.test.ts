import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endProcessesAfterwards, until } from '../../support/processes.ts';
import { FIXTURES, inTemporaryDirectory } from '../../support/program.ts';
import { endOf, linesIn, recordFixtures, startRecording } from '../../support/verbs/recorder.ts';

endProcessesAfterwards();

describe('a file that another program changes during the recording', () => {
  const CHANGED =
    'another program is writing to it, perhaps another recorder: the recording ends here';

  test.each<[string, (path: string) => unknown, string]>([
    [
      'continued by a second recorder',
      (path) => recordFixtures(path, '1001', '--count', '1', '--append'),
      CHANGED,
    ],
    [
      'replaced by a second recorder',
      (path) => recordFixtures(path, '1001', '--count', '1', '--force'),
      'another program replaced it: the recording ends here',
    ],
    ['emptied', (path) => truncateSync(path, 0), CHANGED],
    ['removed', (path) => unlinkSync(path), 'it was removed: the recording ends here'],
  ])('%s keeps its lines whole, and the recorder says why it ends', async (_, change, message) => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      const args = ['1001', '--proc-root', FIXTURES, '--interval', '500ms'];
      const recording = startRecording(path, args);
      await until(() => linesIn(path) >= 2, 'nothing is recorded');
      const content = () => (existsSync(path) ? readFileSync(path) : undefined);
      const left = await recording.whileStopped(async () => {
        await change(path);
        return content();
      });
      const { status, stderr } = await endOf(recording);
      expect({ status, stderr }).toEqual({ status: 1, stderr: `tsmap: ${path}: ${message}\n` });
      expect(content()).toEqual(left);
    });
  });

  test('keeps its name and content if it replaced the recording', async () => {
    await inTemporaryDirectory(async (directory) => {
      const path = join(directory, 'a.tsmap');
      const args = ['1001', '--proc-root', FIXTURES, '--interval', '500ms', '--max-size', '10K'];
      const recording = startRecording(path, args);
      await until(() => linesIn(path) >= 2, 'nothing is recorded');
      await recording.whileStopped(() => {
        renameSync(path, `${path}.old`);
        writeFileSync(path, 'precious');
      });
      const { status, stderr } = await endOf(recording);
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: `tsmap: ${path}: it was moved away: the recording ends here\n`,
      });
      expect(readFileSync(path, 'utf8')).toBe('precious');
      expect(readdirSync(directory).sort()).toEqual(['a.tsmap', 'a.tsmap.old']);
    });
  });
});
