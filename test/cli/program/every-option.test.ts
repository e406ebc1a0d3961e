import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { spellings } from '../../../src/cli/options/option.ts';
import { REGISTRY } from '../../../src/run/registry.ts';
import { inTemporaryDirectory, ROOT, tsmap } from '../../support/program.ts';
import { DOES, RECORDING } from '../../support/verbs/option-examples.ts';

const modules = {
  map: REGISTRY.map,
  ...Object.fromEntries(
    await Promise.all(
      Object.entries(REGISTRY.verbs).map(
        async ([name, verb]) => [name, await verb.load()] as const,
      ),
    ),
  ),
};

/** The options of each verb by their long form, or the short one if there is no other. */
const optionsOf = Object.fromEntries(
  Object.entries(modules).map(([verb, { options }]) => [
    verb,
    Object.values(options).map((option) => ({
      name: spellings(option).at(-1) ?? '',
      kind: option.kind,
    })),
  ]),
);
const EVERY = new Map(
  Object.values(optionsOf)
    .flat()
    .map((option) => [option.name, option]),
);

/** All that a run does: what it prints, its status, and the files that it leaves, without times. */
async function outcomeOf(args: readonly string[], keepsTimes = false): Promise<string> {
  return inTemporaryDirectory(async (directory) => {
    writeFileSync(join(directory, 'rc'), '[Fields Display]\nRss\n');
    copyFileSync(join(directory, 'rc'), join(directory, '.pmaprc'));
    copyFileSync(join(ROOT, RECORDING), join(directory, 'old'));
    const own = args.map((arg) => arg.replace('DIR', directory));
    const { stdout, stderr, status } = await tsmap(own, { env: { HOME: directory } });
    const files = readdirSync(directory).map((name) => [
      name,
      readFileSync(join(directory, name), 'latin1'),
    ]);
    const all = [stdout.toString('latin1'), stderr, String(status), ...files.flat()];
    const text = all.join('\n----\n').replaceAll(directory, 'DIR');
    return keepsTimes ? text : withoutTimes(text);
  });
}

function withoutTimes(text: string): string {
  return text.replace(/\d(?=\d*[:.]\d)|(?<=[:.]\d*)\d/g, '0').replace(/\d\d\d\d-\d\d-\d\dT/g, '');
}

describe.each(Object.keys(modules))('of the verb %s', (verb) => {
  const cells = DOES[verb] ?? {};
  const own = (optionsOf[verb] ?? []).map(({ name }) => name);

  test('the table names every option, and no other', () => {
    expect(Object.keys(cells).sort()).toEqual([...own].sort());
  });

  test.each(own)('%s does something', async (name) => {
    const cell = cells[name];
    if (cell === undefined) throw new Error(`the table lacks ${name}`);
    if ('file' in cell) {
      expect(readFileSync(join(ROOT, cell.file), 'utf8')).toContain(`'${name}'`);
      return;
    }
    const [one, other] = [cell.with, cell.without].map((args) => outcomeOf(args, cell.isTime));
    expect(await one).not.toBe(await other);
  });

  const others = [...EVERY.values()].filter(({ name }) => !own.includes(name));
  test.each(others)('$name is refused', async ({ name, kind }) => {
    const word = verb === 'map' ? [] : [verb];
    const { stdout, stderr, status } = await tsmap([
      ...word,
      name,
      ...(kind === 'value' ? ['1'] : []),
      'x',
    ]);
    expect(stdout.toString()).toBe('');
    expect(stderr).toMatch(/^tsmap: [^\n]+\n$/);
    expect(status).toBe(1);
  });
});
