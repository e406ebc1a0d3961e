import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { cleanEnvironment, ROOT } from '../program.ts';

/** A terminal that tmux draws, with a shell in it. */
export interface Terminal {
  /** Types keys, by their names in tmux, or texts. */
  type(...keys: readonly string[]): void;
  /** The lines on the screen, without blanks at their ends. */
  screen(): string[];
  /** Waits until `isSo` is true of the screen, and returns it. */
  until(isSo: (lines: readonly string[]) => boolean, complaint: string): Promise<string[]>;
  resize(columns: number, rows: number): void;
  /** Whether the alternate screen is shown, and the cursor. */
  flags(): { readonly isAlternate: boolean; readonly hasCursor: boolean };
  close(): void;
}

/**
 * Long enough for a busy machine, and shorter than a test may take, so that the complaint is shown.
 */
const TIMEOUT_MS = 40_000;

/**
 * Opens a terminal, and closes it when the test ends. Each has a tmux server of its own: a server
 * ends with its last terminal, and one that is just ending refuses the next.
 */
export async function openTerminal(columns: number, rows: number): Promise<Terminal> {
  const directory = mkdtempSync(join(tmpdir(), 'tsmap-tmux-'));
  const server = ['-S', join(directory, 'socket'), '-f', '/dev/null'];
  const env = { ...cleanEnvironment({ TZ: 'UTC' }), TMUX: undefined };
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', [...server, ...args], { cwd: ROOT, env }).toString();
  const size = ['-x', String(columns), '-y', String(rows)];
  const made = ['new-session', '-d', '-P', '-F', '#{pane_id}', ...size, 'sh'];
  const pane = tmux(...made).trim();
  onTestFinished(() => {
    spawnSync('tmux', [...server, 'kill-server'], { env, stdio: 'ignore' });
    rmSync(directory, { recursive: true, force: true });
  });
  const terminal: Terminal = {
    type: (...keys) => void tmux('send-keys', '-t', pane, ...keys),
    screen: () => {
      const lines = tmux('capture-pane', '-p', '-t', pane).split('\n');
      return lines.slice(0, -1).map((line) => line.trimEnd());
    },
    until: async (isSo, complaint) => {
      for (const end = Date.now() + TIMEOUT_MS; ; ) {
        const lines = terminal.screen();
        if (isSo(lines)) return lines;
        if (Date.now() > end) throw new Error(`${complaint}:\n${lines.join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
    resize: (x, y) => void tmux('resize-window', '-t', pane, '-x', String(x), '-y', String(y)),
    flags: () => {
      const format = '#{alternate_on} #{cursor_flag}';
      const [alternate, cursor] = tmux('display-message', '-p', '-t', pane, format)
        .trim()
        .split(' ');
      return { isAlternate: alternate === '1', hasCursor: cursor === '1' };
    },
    close: () => void tmux('kill-pane', '-t', pane),
  };
  await terminal.until((lines) => /^[#$]$/.test(lines[0] ?? ''), 'no shell');
  return terminal;
}
