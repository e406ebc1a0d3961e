import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Option, spellings } from '../../../src/cli/options/option.ts';
import { REGISTRY } from '../../../src/run/registry.ts';
import { MAP_OPTIONS } from '../../../src/verbs/map/options.ts';
import { endProcessesAfterwards, hasCommand, startReady, until } from '../../support/processes.ts';
import { cleanEnvironment, type Result, runCommand, tsmap } from '../../support/program.ts';

const modules = await Promise.all(Object.values(REGISTRY.verbs).map(({ load }) => load()));
const verbOptions = modules.flatMap(({ options }) => Object.values<Option>(options));

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

const scratch = mkdtempSync(join(tmpdir(), 'tsmap-completion-'));
const scripts: Record<string, string> = {};

endProcessesAfterwards();
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

beforeAll(async () => {
  for (const shell of SHELLS) {
    const { stdout, stderr, status } = await tsmap(['completion', shell]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    scripts[shell] = stdout.toString('utf8');
    writeFileSync(scriptPath(shell), stdout);
  }
});

function scriptPath(shell: Shell): string {
  return join(scratch, `script.${shell}`);
}

/** `describe` for tests that need a command; where it is missing they are skipped, and say why. */
function describeWith(commands: readonly string[], name: string, tests: () => void): void {
  const missing = commands.filter((command) => !hasCommand(command));
  if (missing.length === 0) return void describe(name, tests);
  const reason = `${missing.join(' and ')} not installed`;
  console.warn(`skipped: ${name}: ${reason}`);
  describe.skip(`${name} (skipped: ${reason})`, tests);
}

/**
 * Starts a process that calls itself `comm`: written from inside, for exec would take it back. Its id
 * is the beginning of no other's, which a shell could not tell from it (ids start anew at 32,768).
 */
async function startNamed(comm: string): Promise<number> {
  const script = 'printf %s "$1" >/proc/$$/comm; echo ready; read -r line';
  for (let tries = 0; tries < 100; tries++) {
    const { pid } = await startReady('/bin/sh', ['-c', script, 'sh', comm]);
    expect(readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe(`${comm}\n`);
    if (!isBeginningOfAnother(String(pid))) return pid;
  }
  throw new Error('every process id is the beginning of another');
}

function isBeginningOfAnother(pid: string): boolean {
  return readdirSync('/proc').some((name) => name !== pid && name.startsWith(pid));
}

/** What names may do to a shell that trusts them, and how each reads in a list. */
const HOSTILE: readonly { comm: string; shown: string; shownByFish?: string }[] = [
  { comm: '$(>pwned)', shown: '$(>pwned)' },
  { comm: '`>pwned`', shown: '`>pwned`' },
  { comm: '\';>pwned;"', shown: '\';>pwned;"' },
  { comm: 'x);>pwned;(', shown: 'x);>pwned;(' },
  { comm: 'a\n>pwned\n', shown: 'a?>pwned?' },
  { comm: '\x1b[31mred\x1b]0;t', shown: '?[31mred?]0;t' },
  { comm: 'a\tb\rc\x7fd', shown: 'a?b?c?d' },
  { comm: '%S%F{red}[x]:y', shown: '%S%F{red}[x]:y' },
  { comm: 'é\u202e', shown: '?????', shownByFish: '??' },
  { comm: '*', shown: '*' },
  { comm: '-n -e \\n', shown: '-n -e \\n' },
  { comm: '  two  blanks ', shown: '  two  blanks ' },
];

function expectNothingRan(): void {
  expect(readdirSync(scratch)).not.toContain('pwned');
}

/** How an option is written in the script of a shell. */
const WRITTEN: Readonly<Record<Shell, (spelling: string) => RegExp>> = {
  bash: (spelling) => new RegExp(`^    _tsmap_words .*(?<= )${spelling}(?= |$)`, 'm'),
  zsh: (spelling) => new RegExp(`^    '\\([^)]*\\)\\*?${spelling}[+=]?\\[`, 'm'),
  fish: (spelling) =>
    new RegExp(
      `^complete -c tsmap .*${spelling.replace(/^--/, '-l ').replace(/^-(?=.$)/, '-s ')} `,
      'm',
    ),
};

describe.each(SHELLS)('the script for %s', (shell) => {
  const options = [...Object.values<Option>(MAP_OPTIONS), ...verbOptions];

  test.each([...new Set(options.flatMap(spellings))])('has %s', (spelling) => {
    expect(scripts[shell]).toMatch(WRITTEN[shell](spelling));
  });

  test.each(Object.keys(REGISTRY.verbs))('has the verb %s', (verb) => {
    expect(scripts[shell]).toMatch(new RegExp(`^.*\\b${verb}\\b`, 'm'));
  });

  test('has every word that an option can take', () => {
    const choices = options.flatMap((option) => (option.kind === 'value' && option.choices) || []);
    expect(choices).toContain('procps');
    for (const word of choices) expect(scripts[shell]).toMatch(new RegExp(`\\b${word}\\b`));
  });

  test('has no option that the table has not', () => {
    const known = options.flatMap(spellings);
    const code = scripts[shell]?.replace(/^ *#.*$/gm, '') ?? '';
    const long = code.match(/(?<=[ ('{|])--[a-z][-a-z]*/g) ?? [];
    expect(long.filter((spelling) => !known.includes(spelling))).toEqual([]);
  });

  test('is for tsmap and not for pmap', () => {
    expect(scripts[shell]).not.toMatch(/\b(complete|compdef)\b.* pmap$/m);
    expect(scripts[shell]).not.toMatch(/-c pmap/);
  });
});

test.each([
  { args: ['completion'] },
  { args: ['completion', 'ksh'] },
  { args: ['completion', 'bash', 'zsh'] },
  { args: ['completion', 'toString'] },
])('$args is a mistake', async ({ args }) => {
  const { stdout, stderr, status } = await tsmap(args);
  expect(stdout.toString()).toBe('');
  expect(stderr).toBe(
    "tsmap: completion: expected one of bash, zsh, fish. Try 'tsmap completion --help'\n",
  );
  expect(status).toBe(1);
});

describe.each(SHELLS)('%s itself', (shell) => {
  describeWith([shell], 'takes its script', () => {
    test('without a syntax error', async () => {
      const { stderr, status } = await runCommand([shell, '-n', scriptPath(shell)]);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    });
  });
});

interface Case {
  readonly words: readonly string[];
  readonly offered: readonly string[];
}

/** Everything before the last word stands; the last one is completed. */
const CASES: readonly Case[] = [
  { words: ['--la'], offered: ['--layout'] },
  { words: ['-x', '--qu'], offered: ['--quiet'] },
  { words: ['--re'], offered: ['--read-rc', '--read-rc-from'] },
  { words: ['--layout', ''], offered: ['classic', 'procps'] },
  { words: ['--layout', 'pr'], offered: ['procps'] },
  { words: ['--color', 'al'], offered: ['always'] },
  { words: ['com'], offered: ['completion'] },
  { words: ['completion', ''], offered: ['bash', 'fish', 'zsh'] },
  { words: ['completion', 'z'], offered: ['zsh'] },
  { words: ['completion', 'bash', ''], offered: [] },
  { words: ['-x', 'complet'], offered: [] },
  { words: ['--range', ''], offered: [] },
  { words: ['-A', ''], offered: [] },
  { words: ['--group-by', ''], offered: ['kind', 'mapping', 'mode'] },
  { words: ['--ex'], offered: ['--extended'] },
  { words: ['-x', 'summ'], offered: [] },
  { words: ['summ'], offered: ['summary'] },
  { words: ['summary', '--ex'], offered: ['--explain'] },
  { words: ['summary', '--tot'], offered: ['--total', '--totals-only'] },
  { words: ['summary', '--la'], offered: [] },
  { words: ['summary', '--group'], offered: ['--group-by'] },
  { words: ['summary', '-q', '--format', ''], offered: ['csv', 'json', 'ndjson', 'text', 'tsv'] },
  { words: ['summary', '--format', 'nd'], offered: ['ndjson'] },
  { words: ['summary', '--name', ''], offered: [] },
  { words: ['completion', '--la'], offered: [] },
];

describeWith(['bash'], 'bash completes', () => {
  /** What the script offers for words as bash has cut them; `type` is what the user asked for. */
  async function complete(words: readonly string[], type = '63'): Promise<string[]> {
    const code =
      'source "$0"; COMP_TYPE=$1; shift; COMP_WORDS=(tsmap "$@"); COMP_CWORD=$#; _tsmap; ' +
      `printf '%s\\0' "\${COMPREPLY[@]}"`;
    const command = ['bash', '--norc', '-c', code, scriptPath('bash'), type, ...words];
    const { stdout, stderr } = await runCommand(command, { env: { PWD: scratch } });
    expect(stderr).toBe('');
    return stdout.toString('utf8').split('\0').slice(0, -1).filter(Boolean).sort();
  }

  test.each(CASES)('$words', async ({ words, offered }) => {
    expect(await complete(words)).toEqual(offered);
  });

  test.each([
    { words: ['--color', '=', 'al'], offered: ['always'] },
    { words: ['--layout', '='], offered: ['classic', 'procps'] },
    { words: ['--color=al'], offered: ['--color=always'] },
    { words: ['-xA', ''], offered: [] },
    { words: ['--', '--la'], offered: [] },
    { words: ['summary', '--', '--ex'], offered: [] },
    { words: ['summary', '--color', '=', 'al'], offered: ['always'] },
    { words: ['summary', '--color=al'], offered: ['--color=always'] },
  ])('$words', async ({ words, offered }) => {
    expect(await complete(words)).toEqual(offered);
  });

  test.each(HOSTILE)('a process called $comm, with its name', async ({ comm, shown }) => {
    const pid = await startNamed(comm);
    const line = `${pid}  (${shown})`;
    expect(await complete([''])).toContain(line);
    expect(await complete(['-x', '--', ''])).toContain(line);
    expect(await complete(['-A', '0', ''])).toContain(line);
    expect(await complete(['summary', '--top', '3', ''])).toContain(line);
    expect(await complete([String(pid)])).toEqual([String(pid)]);
    expectNothingRan();
  });

  test.each(['9', '37', '42', ''])(
    'type %j with numbers alone: bash may insert them',
    async (type) => {
      const offered = await complete([''], type);
      const pids = offered.filter((word) => !Object.hasOwn(REGISTRY.verbs, word));
      expect(pids).toContain(String(process.pid));
      expect(pids.filter((word) => !/^[0-9]+$/.test(word))).toEqual([]);
    },
  );
});

describeWith(['fish'], 'fish completes', () => {
  const home = join(scratch, 'fish-home');

  async function complete(line: string, load: string): Promise<string[]> {
    mkdirSync(home, { recursive: true });
    const env = {
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      TSMAP_LINE: line,
      LC_ALL: 'C.UTF-8',
    };
    const code = `cd ${scratch}; ${load}; complete -C "$TSMAP_LINE"`;
    const { stdout, stderr } = await runCommand(['fish', '-c', code], { env });
    expect(stderr).toBe('');
    return stdout.toString('utf8').split('\n').slice(0, -1).sort();
  }
  const sourced = `source ${scriptPath('fish')}`;

  test.each([
    ...CASES.filter(({ words }) => words[0] !== '--re'),
    { words: ['--color=al'], offered: ['--color=always'] },
    { words: ['--read-rc-f'], offered: ['--read-rc-from'] },
    { words: ['-C', 'script.b'], offered: ['script.bash'] },
  ])('$words', async ({ words, offered }) => {
    const lines = await complete(`tsmap ${words.join(' ')}`, sourced);
    expect(lines.map((line) => line.split('\t')[0])).toEqual(offered);
  });

  test('with descriptions', async () => {
    expect(await complete('tsmap --devi', sourced)).toEqual([
      '--device\tshow offset and device of the mapped files',
    ]);
  });

  test.each(HOSTILE)(
    'a process called $comm, with its name',
    async ({ comm, shown, shownByFish }) => {
      const pid = await startNamed(comm);
      const line = `${pid}\t${shownByFish ?? shown}`;
      expect(await complete('tsmap -x ', sourced)).toContain(line);
      expectNothingRan();
    },
  );

  test('from its directory of completions as well', async () => {
    const directory = join(home, 'config/fish/completions');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'tsmap.fish'), scripts['fish'] ?? '');
    // fish looks there only for commands that exist.
    writeFileSync(join(home, 'tsmap'), '#!/bin/sh\n', { mode: 0o755 });
    const lines = await complete('tsmap --layout=pro', `set PATH ${home} $PATH`);
    expect(lines.map((line) => line.split('\t')[0])).toEqual(['--layout=procps']);
  });
});

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
  const directory = mkdtempSync(join(scratch, 'terminal-'));
  const dump = join(directory, 'dump');
  const rc = join(directory, 'rc');
  writeFileSync(rc, `stty rows 500 cols 160\n${setUp(dump)}\nprintf '<ready>\\n' >>${dump}\n`);
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    cwd: scratch,
    env: cleanEnvironment({ TERM: 'vt100', PS1: '> ' }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
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
source ${scriptPath('bash')}
bind 'set bell-style none' 'set page-completions off' 'set completion-query-items 0'
bind -x '"\\C-p": printf "<%s>\\n" "$READLINE_LINE" >>${dump}'`,
  },
  {
    shell: 'zsh',
    command: 'zsh -f -i',
    setUp: (dump: string) => `PS1='> '; PS2=; unsetopt beep; LISTMAX=100000
autoload -Uz compinit; compinit -u -D
source ${scriptPath('zsh')}
dump() { print -r -- "<$BUFFER>" >>${dump} }; zle -N dump; bindkey '^P' dump`,
  },
  {
    shell: 'zsh',
    command: 'zsh -f -i',
    setUp: (dump: string) => `PS1='> '; PS2=; unsetopt beep; LISTMAX=100000
mkdir -p functions; cp ${scriptPath('zsh')} functions/_tsmap; fpath=($PWD/functions $fpath)
autoload -Uz compinit; compinit -u -D
dump() { print -r -- "<$BUFFER>" >>${dump} }; zle -N dump; bindkey '^P' dump`,
  },
];

describe.each(TERMINALS)('on a terminal: $command', ({ shell, command, setUp }) => {
  describeWith([shell, 'script'], 'completes', () => {
    let terminal: Terminal;

    beforeAll(async () => {
      mkdirSync(join(scratch, 'directory'), { recursive: true });
      terminal = await openTerminal(command, setUp);
    });
    afterAll(async () => {
      await terminal?.end();
    });

    test.each(ON_A_TERMINAL)('$typed', async ({ typed, line, inZsh }) => {
      expect(await terminal.complete(typed)).toBe(shell === 'zsh' ? (inZsh ?? line) : line);
    });

    test('the id of a process, and of one that calls itself something evil', async () => {
      for (const { comm } of HOSTILE) {
        const pid = await startNamed(comm);
        expect(await terminal.complete(`tsmap -x ${pid}`)).toBe(`tsmap -x ${pid} `);
      }
      expectNothingRan();
    });

    test.each(HOSTILE)('and lists one called $comm in its own words', async ({ comm, shown }) => {
      const pid = await startNamed(comm);
      const neighbour = await startNamed('neighbour');
      terminal.seen();
      await terminal.complete(`tsmap -x ${commonPrefix(pid, neighbour)}`, 2);
      let seen = '';
      const isListed = () => {
        seen += terminal.seen();
        return seen.includes(`${pid}  (${shown})`) && seen.includes(`${neighbour}  (neighbour)`);
      };
      await until(isListed, `${pid}  (${shown}) is not in the list`);
      expect(seen).not.toContain('\x1b[31m');
      expectNothingRan();
    });
  });
});

/** A list needs two: what both ids begin with. */
function commonPrefix(pid: number, other: number): string {
  const digits = String(pid);
  let length = 0;
  while (length < digits.length && digits[length] === String(other)[length]) length++;
  return digits.slice(0, length);
}
