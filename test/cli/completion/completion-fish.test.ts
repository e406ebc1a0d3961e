import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endProcessesAfterwards } from '../../support/processes.ts';
import { runCommand } from '../../support/program.ts';
import {
  COMPLETION_CASES,
  completionScripts,
  describeWith,
  HOSTILE_NAMES,
  startCompletable,
} from '../../support/verbs/completion.ts';

endProcessesAfterwards();
const scripts = completionScripts();

describeWith(['fish'], 'fish completes', () => {
  const home = join(scripts.directory, 'fish-home');

  async function complete(line: string, load: string): Promise<string[]> {
    mkdirSync(home, { recursive: true });
    const env = {
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      TSMAP_LINE: line,
      LC_ALL: 'C.UTF-8',
    };
    const code = `cd ${scripts.directory}; ${load}; complete -C "$TSMAP_LINE"`;
    const { stdout, stderr } = await runCommand(['fish', '-c', code], { env });
    expect(stderr).toBe('');
    return stdout.toString('utf8').split('\n').slice(0, -1).sort();
  }
  const sourced = `source ${scripts.pathOf('fish')}`;

  test.each([
    ...COMPLETION_CASES.filter(({ words }) => words[0] !== '--re'),
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

  test.each(HOSTILE_NAMES)(
    'a process called $comm, with its name',
    async ({ comm, shown, shownByFish }) => {
      const pid = await startCompletable(comm);
      const line = `${pid}\t${shownByFish ?? shown}`;
      expect(await complete('tsmap -x ', sourced)).toContain(line);
      scripts.expectNothingRan();
    },
  );

  test('from its directory of completions as well', async () => {
    const directory = join(home, 'config/fish/completions');
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'tsmap.fish'), scripts.textOf('fish'));
    // fish looks there only for commands that exist.
    writeFileSync(join(home, 'tsmap'), '#!/bin/sh\n', { mode: 0o755 });
    const lines = await complete('tsmap --layout=pro', `set PATH ${home} $PATH`);
    expect(lines.map((line) => line.split('\t')[0])).toEqual(['--layout=procps']);
  });
});
