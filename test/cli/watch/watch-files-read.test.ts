import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endProcessesAfterwards, onlyWith, startSleep } from '../../support/processes.ts';
import { inTemporaryDirectory, tsmap } from '../../support/program.ts';

endProcessesAfterwards();

const hasStrace = onlyWith('strace', 'what a watch opens');

describe.runIf(hasStrace)('a watch', () => {
  /** How often each of these files is opened in three readings. */
  const opened = async (args: readonly string[]) => {
    const { pid } = await startSleep();
    return inTemporaryDirectory(async (directory) => {
      const log = join(directory, 'log');
      const wrapper = ['strace', '-f', '-qq', '-o', log, '-e', 'trace=open,openat'];
      const watch = ['watch', String(pid), '--interval', '50ms', '--count', '3', ...args];
      await tsmap(watch, { wrapper });
      const found = readFileSync(log, 'latin1').matchAll(new RegExp(`"/proc/${pid}/([^"]*)"`, 'g'));
      const files = [...found].map(([, file = '']) => file);
      return Object.fromEntries(
        ['smaps', 'smaps_rollup', 'maps'].map((name) => [
          name,
          files.filter((file) => file === name).length,
        ]),
      );
    });
  };

  test('opens only smaps_rollup, once for each reading', async () => {
    expect(await opened([])).toEqual({ smaps: 0, smaps_rollup: 3, maps: 0 });
  });

  test('opens smaps as well if movers are asked for', async () => {
    expect(await opened(['--by', 'kind'])).toEqual({ smaps: 3, smaps_rollup: 3, maps: 0 });
  });
});
