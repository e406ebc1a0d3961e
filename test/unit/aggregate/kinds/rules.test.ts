import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KIND_RULES } from '../../../../src/aggregate/kinds/rules.ts';
import { KINDS } from '../../../../src/model/kind.ts';

test('docs/kinds.md lists every rule, in order, with its evidence and certainty', () => {
  const rows = readFileSync('docs/kinds.md', 'utf8').match(/^\| `.*$/gm);
  expect(rows).toEqual(
    KIND_RULES.map(
      ({ kind, evidence, certainty }) => `| \`${kind}\` | ${evidence} | ${certainty} |`,
    ),
  );
});

test('every kind has a rule', () => {
  const ruled = new Set(KIND_RULES.map(({ kind }) => kind));
  expect(KINDS.filter((kind) => !ruled.has(kind))).toEqual([]);
});
