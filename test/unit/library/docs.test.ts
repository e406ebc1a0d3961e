import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cleanEnvironment, ROOT } from '../../support/program.ts';

const PAGE = join(ROOT, 'docs/library.md');
/** Within the package, so that its examples can import it by its name. */
const DIRECTORY = join(ROOT, 'dist', `examples-${process.pid}`);
const EXAMPLE = /```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g;

/** The examples of docs/library.md with the output that it shows. */
const examples = [...readFileSync(PAGE, 'utf8').matchAll(EXAMPLE)].map(
  ([, code = '', shown = ''], index) => ({
    title: code.split('\n')[0],
    index,
    code,
    shown,
  }),
);

afterAll(() => rmSync(DIRECTORY, { recursive: true, force: true }));

function printedBy(code: string, index: number): string {
  mkdirSync(DIRECTORY, { recursive: true });
  const file = join(DIRECTORY, `${index}.mjs`);
  writeFileSync(file, code);
  const options = { cwd: ROOT, env: cleanEnvironment(), encoding: 'utf8' } as const;
  return execFileSync(process.execPath, [file], options);
}

describe('docs/library.md shows what its examples print', () => {
  test('in at least seven places', () => {
    expect(examples.length).toBeGreaterThanOrEqual(7);
  });

  test.each(examples)('$index: $title', ({ code, index, shown }) => {
    const printed = printedBy(code, index);
    if (process.env['UPDATE_GOLDEN'] !== undefined) {
      const page = readFileSync(PAGE, 'utf8');
      const at = page.indexOf(code) + code.length;
      const rest = page
        .slice(at)
        .replace(/```text\n[\s\S]*?```/, () => `\`\`\`text\n${printed}\`\`\``);
      writeFileSync(PAGE, page.slice(0, at) + rest);
      return;
    }
    expect(shown).toBe(printed);
  });

  test('and names every export of the library', () => {
    const index = readFileSync(join(ROOT, 'src/index.ts'), 'utf8');
    const exported = [...index.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = '']) =>
      names
        .split(',')
        .map((name) => name.trim().replace(/^.* as /, ''))
        .filter((name) => name !== '' && !name.startsWith('type ')),
    );
    const page = readFileSync(PAGE, 'utf8');
    expect(exported.length).toBeGreaterThan(8);
    expect(exported.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
  });
});
