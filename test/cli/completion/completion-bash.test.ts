import { expect, test } from 'vitest';
import { REGISTRY } from '../../../src/run/registry.ts';
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

describeWith(['bash'], 'bash completes', () => {
  /** What the script offers for words as bash has cut them; `type` is what the user asked for. */
  async function complete(words: readonly string[], type = '63'): Promise<string[]> {
    const code =
      'source "$0"; COMP_TYPE=$1; shift; COMP_WORDS=(tsmap "$@"); COMP_CWORD=$#; _tsmap; ' +
      `printf '%s\\0' "\${COMPREPLY[@]}"`;
    const command = ['bash', '--norc', '-c', code, scripts.pathOf('bash'), type, ...words];
    const { stdout, stderr } = await runCommand(command, { env: { PWD: scripts.directory } });
    expect(stderr).toBe('');
    return stdout.toString('utf8').split('\0').slice(0, -1).filter(Boolean).sort();
  }

  test.each(COMPLETION_CASES)('$words', async ({ words, offered }) => {
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

  test.each(HOSTILE_NAMES)('a process called $comm, with its name', async ({ comm, shown }) => {
    const pid = await startCompletable(comm);
    const line = `${pid}  (${shown})`;
    expect(await complete([''])).toContain(line);
    expect(await complete(['-x', '--', ''])).toContain(line);
    expect(await complete(['-A', '0', ''])).toContain(line);
    expect(await complete(['summary', '--top', '3', ''])).toContain(line);
    expect(await complete([String(pid)])).toEqual([String(pid)]);
    scripts.expectNothingRan();
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
