import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endProcessesAfterwards, endWithTests, until } from '../../support/processes.ts';
import { cleanEnvironment, type Result } from '../../support/program.ts';
import {
  completionScripts,
  describeWith,
  HOSTILE_NAMES,
  startCompletable,
} from '../../support/verbs/completion.ts';

endProcessesAfterwards();
const scripts = completionScripts();

/** A shell on a terminal of its own, in which a person types. */
interface Terminal {
  /** Types a text, presses TAB, and returns what then stands on the command line. */
  complete(text: string, tabs?: number): Promise<string>;
  /** Everything that reached the terminal since the last call. */
  seen(): string;
  end(): Promise<Result['status']>;
}

const CTRL = { P: '\x10', U: '\x15' };

/** Starts a shell; ^P there appends the command line to a file, so that a test knows it is done. */
async function openTerminal(command: string, setUp: (dump: string) => string): Promise<Terminal> {
  const directory = mkdtempSync(join(scripts.directory, 'terminal-'));
  const dump = join(directory, 'dump');
  const rc = join(directory, 'rc');
  writeFileSync(rc, `stty rows 500 cols 160\n${setUp(dump)}\nprintf '<ready>\\n' >>${dump}\n`);
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    cwd: scripts.directory,
    env: cleanEnvironment({ TERM: 'vt100', PS1: '> ' }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  endWithTests(child);
  let seen = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    seen += text;
  });
  const lines = () => (existsSync(dump) ? readFileSync(dump, 'utf8').match(/<.*>\n/g) : null) ?? [];
  const nextLine = async (write: string) => {
    const before = lines().length;
    child.stdin.write(write);
    await until(() => lines().length > before, `no answer to ${JSON.stringify(write)}: ${seen}`);
    return (lines().at(-1) ?? '').slice(1, -2);
  };
  await nextLine(`. ${rc}\n`);
  return {
    complete: (text, tabs = 1) => nextLine(`${CTRL.U}${text}${'\t'.repeat(tabs)}${CTRL.P}`),
    seen: () => {
      const text = seen;
      seen = '';
      return text;
    },
    end: () =>
      new Promise((resolve) => {
        child.on('close', resolve);
        child.stdin.write(`${CTRL.U}exit\n`);
        child.stdin.end();
      }),
  };
}

const ON_A_TERMINAL: readonly { typed: string; line: string; inZsh?: string }[] = [
  { typed: 'tsmap --la', line: 'tsmap --layout ', inZsh: 'tsmap --layout=' },
  { typed: 'tsmap --layout cl', line: 'tsmap --layout classic ' },
  { typed: 'tsmap --color=al', line: 'tsmap --color=always ' },
  { typed: 'tsmap com', line: 'tsmap completion ' },
  { typed: 'tsmap completion f', line: 'tsmap completion fish ' },
  { typed: 'tsmap summary --ex', line: 'tsmap summary --explain ' },
  { typed: 'tsmap summary --lay', line: 'tsmap summary --lay' },
  { typed: 'tsmap summary -q --format nd', line: 'tsmap summary -q --format ndjson ' },
  { typed: 'tsmap summary --from script.z', line: 'tsmap summary --from script.zsh ' },
  { typed: 'tsmap -C script.b', line: 'tsmap -C script.bash ' },
  { typed: 'tsmap --read-rc-from=script.z', line: 'tsmap --read-rc-from=script.zsh ' },
  { typed: 'tsmap --proc-root dir', line: 'tsmap --proc-root directory/' },
  { typed: 'tsmap -A scr', line: 'tsmap -A scr' },
  { typed: 'tsmap scr', line: 'tsmap scr' },
];

const TERMINALS = [
  {
    shell: 'bash',
    command: 'bash --norc --noprofile -i',
    setUp: (dump: string) => `PS1='> '
source ${scripts.pathOf('bash')}
bind 'set bell-style none' 'set page-completions off' 'set completion-query-items 0'
bind -x '"\\C-p": printf "<%s>\\n" "$READLINE_LINE" >>${dump}'`,
  },
  {
    shell: 'zsh',
    command: 'zsh -f -i',
    setUp: (dump: string) => `PS1='> '; PS2=; unsetopt beep; LISTMAX=100000
autoload -Uz compinit; compinit -u -D
source ${scripts.pathOf('zsh')}
dump() { print -r -- "<$BUFFER>" >>${dump} }; zle -N dump; bindkey '^P' dump`,
  },
  {
    shell: 'zsh',
    command: 'zsh -f -i',
    setUp: (dump: string) => `PS1='> '; PS2=; unsetopt beep; LISTMAX=100000
mkdir -p functions; cp ${scripts.pathOf('zsh')} functions/_tsmap; fpath=($PWD/functions $fpath)
autoload -Uz compinit; compinit -u -D
dump() { print -r -- "<$BUFFER>" >>${dump} }; zle -N dump; bindkey '^P' dump`,
  },
];

describe.each(TERMINALS)('on a terminal: $command', ({ shell, command, setUp }) => {
  describeWith([shell, 'script'], 'completes', () => {
    let terminal: Terminal;

    beforeAll(async () => {
      mkdirSync(join(scripts.directory, 'directory'), { recursive: true });
      terminal = await openTerminal(command, setUp);
    });
    afterAll(async () => {
      await terminal?.end();
    });

    test.each(ON_A_TERMINAL)('$typed', async ({ typed, line, inZsh }) => {
      expect(await terminal.complete(typed)).toBe(shell === 'zsh' ? (inZsh ?? line) : line);
    });

    test('the id of a process, and of one that calls itself something evil', async () => {
      for (const { comm } of HOSTILE_NAMES) {
        const pid = await startCompletable(comm);
        expect(await terminal.complete(`tsmap -x ${pid}`)).toBe(`tsmap -x ${pid} `);
      }
      scripts.expectNothingRan();
    });

    test.each(HOSTILE_NAMES)(
      'and lists one called $comm in its own words',
      async ({ comm, shown }) => {
        const pid = await startCompletable(comm);
        const neighbour = await startCompletable('neighbour');
        terminal.seen();
        await terminal.complete(`tsmap -x ${commonPrefix(pid, neighbour)}`, 2);
        let seen = '';
        const isListed = () => {
          seen += terminal.seen();
          return seen.includes(`${pid}  (${shown})`) && seen.includes(`${neighbour}  (neighbour)`);
        };
        await until(isListed, `${pid}  (${shown}) is not in the list`);
        expect(seen).not.toContain('\x1b[31m');
        scripts.expectNothingRan();
      },
    );
  });
});

/** A list needs two: what both ids begin with. */
function commonPrefix(pid: number, other: number): string {
  const digits = String(pid);
  let length = 0;
  while (length < digits.length && digits[length] === String(other)[length]) length++;
  return digits.slice(0, length);
}
