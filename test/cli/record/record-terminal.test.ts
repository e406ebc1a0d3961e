import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { endProcessesAfterwards, hasCommand, startSleep } from '../../support/processes.ts';
import { commandFor } from '../../support/program.ts';
import { openTerminal } from '../../support/system/tmux.ts';

endProcessesAfterwards();
const DIRECTORY = mkdtempSync(join(tmpdir(), 'tsmap-test-'));
afterAll(() => rmSync(DIRECTORY, { recursive: true }));
const hasTmux = hasCommand('tmux');
if (!hasTmux) console.warn('skipped: record on a terminal: tmux is not installed');

describe.runIf(hasTmux)('record on a terminal', () => {
  test.each<[name: string, args: readonly string[]]>([
    ['all.tsmap', []],
    ['kinds.tsmap.gz', ['--by', 'kind']],
  ])('shows its progress and erases it at the end: %s', async (name, args) => {
    const { pid } = await startSleep();
    const path = join(DIRECTORY, name);
    const terminal = await openTerminal(80, 10);
    const words = ['record', String(pid), '-o', path, '--interval', '1s', '--count', '3', ...args];
    terminal.type(`clear; ${commandFor(words).join(' ')}; echo "status=$?"`, 'Enter');
    const progress = await terminal.until(
      (lines) => lines.some((line) => /^\d samples?, /.test(line)),
      'no progress',
    );
    expect(progress.join('\n')).toMatch(/^\d samples?, [\d.]+ (Ki)?B, elapsed \d+s, next in 1s$/m);
    const end = await terminal.until((lines) => lines.includes('status=0'), 'not ended');
    expect(end.join('\n')).not.toMatch(/\d samples?,/);
  });

  test('reports a process that cannot be recorded on a line of its own', async () => {
    const terminal = await openTerminal(80, 10);
    const words = ['record', '2147483647', '-o', join(DIRECTORY, 'none.tsmap')];
    terminal.type(`clear; ${commandFor(words).join(' ')}; echo "status=$?"`, 'Enter');
    const end = await terminal.until((lines) => lines.includes('status=42'), 'not ended');
    expect(end).toContain('tsmap: 2147483647: no such process');
  });
});
