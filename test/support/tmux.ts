import { execFileSync } from 'node:child_process';
import { afterAll } from 'vitest';
import { cleanEnvironment, ROOT } from './program.ts';

/** A terminal of its own, with a shell in it, as tmux draws it. */
export interface Terminal {
  /** Types: keys as tmux names them, or texts. */
  type(...keys: readonly string[]): void;
  /** What is on the screen, line by line, without blanks at their ends. */
  screen(): string[];
  /** Waits until the screen is so. Returns it. */
  until(isSo: (lines: readonly string[]) => boolean, complaint: string): Promise<string[]>;
  resize(columns: number, rows: number): void;
  /** Whether the alternate screen is shown, and the cursor. */
  flags(): { readonly isAlternate: boolean; readonly hasCursor: boolean };
  close(): void;
}

const TIMEOUT_MS = 20_000;

/** Opens a terminal; all are closed after the test file. */
export async function openTerminal(columns: number, rows: number): Promise<Terminal> {
  const server = `tsmap-test-${process.pid}`;
  const env = { ...cleanEnvironment({ TZ: 'UTC' }), TMUX: undefined };
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], { cwd: ROOT, env }).toString();
  const size = ['-x', String(columns), '-y', String(rows)];
  const made = ['new-session', '-d', '-P', '-F', '#{pane_id}', ...size, 'sh'];
  const pane = tmux(...made).trim();
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

/** To be called at the top of a test file: ends the terminals that it opened. */
export function closeTerminalsAfterwards(): void {
  afterAll(() => {
    try {
      execFileSync('tmux', ['-L', `tsmap-test-${process.pid}`, 'kill-server'], { stdio: 'ignore' });
    } catch {
      // There is no server where no terminal was opened, or all were closed.
    }
  });
}
