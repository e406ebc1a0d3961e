import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KindClassifier } from '../../../../src/aggregate/kinds/classifier.ts';
import { KIND_RULES } from '../../../../src/aggregate/kinds/rules.ts';
import { KINDS } from '../../../../src/model/kind.ts';
import type { KindEvidence } from '../../../../src/model/kind-evidence.ts';
import { adjacentMappings, type Row } from '../../../support/adjacent-mappings.ts';

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

const KIB = 1024;
const MIB = 1024 * KIB;
const LIB: readonly Row[] = [
  [8 * KIB, 'r-xp', '/lib/a.so'],
  [4 * KIB, 'rw-p', '/lib/a.so'],
];
const GUARD: Row = [4 * KIB, '---p'];
const ARENA: Row = [132 * KIB, 'rw-p', '[anon: glibc: malloc arena]'];
const STACK_FLAGS = 'rd wr mr mw me ac nh';
const FIRST = 0x7f0000001000;

/** A page of a name, private and writable. */
const page = (name: string): readonly Row[] => [[4 * KIB, 'rw-p', name]];
const shared = (name: string): readonly Row[] => [[4 * KIB, 'rw-s', name]];

/** The program headers of LIB: one page of code, and data with a bss of 64 KiB. */
const segmentsOf = () => [
  { offset: 0, address: 0, fileBytes: 4 * KIB, memoryBytes: 4 * KIB },
  { offset: 0, address: 8 * KIB, fileBytes: 4 * KIB, memoryBytes: 68 * KIB },
];

/** Rows of which the rule must decide the last, what resembles them, and what is known besides. */
interface Case {
  readonly shows: readonly Row[];
  readonly looksAlike: readonly Row[];
  readonly evidence?: Partial<KindEvidence>;
}

/** One for each rule, in the order of the table. */
const CASES: readonly Case[] = [
  { shows: [[MIB, '---p']], looksAlike: [[MIB, '--xp']] },
  {
    shows: [[MIB, 'rw-p', '', 'rd wr ht']],
    looksAlike: [[MIB, 'rw-p', '', 'rd wr hg']],
  },
  { shows: page('[heap]'), looksAlike: page('/x/[heap]') },
  {
    shows: page('[anon: glibc: .bss /lib/a.so]'),
    looksAlike: page('[anon:.bss of mine]'),
  },
  { shows: page('[stack:77]'), looksAlike: page('[stack]') },
  { shows: page('[anon:mimalloc]'), looksAlike: page('[anon:mimalloc-like]') },
  { shows: page('[stack]'), looksAlike: page('/tmp/[stack]') },
  { shows: shared('[anon_shmem:ring]'), looksAlike: page('[anon:ring]') },
  { shows: page('[anon:ring]'), looksAlike: page('[anon]') },
  { shows: page('[vdso]'), looksAlike: page('(vdso)') },
  { shows: page('/anon_hugepage (deleted)'), looksAlike: page('/tmp/anon_hugepage') },
  { shows: page('/memfd:x (deleted)'), looksAlike: shared('/memfd:x (deleted)') },
  { shows: shared('/dev/shm/pool'), looksAlike: page('/dev/shm/pool') },
  { shows: shared('/SYSV0000abcd (deleted)'), looksAlike: shared('/tmp/SYSV0000abcd') },
  {
    shows: [[4 * KIB, 'rw-s', '/i915 (deleted)']],
    looksAlike: shared('/tmp/i915 (deleted)'),
  },
  { shows: shared('/dev/nvidia0'), looksAlike: shared('/home/dev/nvidia0') },
  { shows: page('/lib/a.so (deleted)'), looksAlike: page('/lib/a.so (deleted) copy') },
  { shows: [[4 * KIB, 'r-xp', '/lib/a.so']], looksAlike: page('/lib/a.so') },
  { shows: page('/lib/a.so'), looksAlike: [[4 * KIB, 'r--p', '/lib/a.so']] },
  { shows: [[4 * KIB, 'r--p', '/lib/a.so']], looksAlike: [[4 * KIB, '---p', '/lib/a.so']] },
  {
    shows: [[8 * KIB, 'rw-p']],
    looksAlike: [GUARD, [4 * KIB, 'gap'], [8 * KIB, 'rw-p']],
    evidence: { startStack: FIRST + 4 * KIB },
  },
  {
    shows: [...LIB, [64 * KIB, 'rw-p']],
    looksAlike: [...LIB, [132 * KIB, 'rw-p']],
    evidence: { segmentsOf },
  },
  { shows: [...LIB, [12 * KIB, 'rw-p']], looksAlike: [...LIB, [16 * KIB, 'rw-p']] },
  { shows: [ARENA, [MIB, 'rw-p']], looksAlike: [ARENA, [4 * KIB, 'gap'], [MIB, 'rw-p']] },
  {
    shows: [[8 * MIB, 'rw-p', '', `${STACK_FLAGS} gu`]],
    looksAlike: [[8 * MIB, 'rw-p', '', `${STACK_FLAGS.replace(' nh', '')} gu`]],
  },
  {
    shows: [[8 * MIB, 'rw-p', '', STACK_FLAGS]],
    looksAlike: [[8 * MIB, 'rw-s', '', STACK_FLAGS]],
    evidence: { hasGuardPages: () => true },
  },
  {
    shows: [GUARD, [8 * MIB, 'rw-p']],
    looksAlike: [
      [8 * MIB, '---p'],
      [132 * KIB, 'rw-p'],
    ],
  },
  { shows: [[8 * MIB, 'rw-p']], looksAlike: [GUARD, [8 * MIB, 'rw-p']] },
];

test('every rule has its case', () => expect(CASES.length).toBe(KIND_RULES.length));

describe.each(CASES.map((one, i) => [KIND_RULES[i]?.evidence, one, KIND_RULES[i]] as const))(
  '%s',
  (evidence, { shows, looksAlike, evidence: known }, rule) => {
    const decides = (rows: readonly Row[]) => {
      const isKernelMount = evidence?.startsWith("an object of the kernel's own mounts") === true;
      const classifier = new KindClassifier({ startStack: 0, ...known });
      const rules = adjacentMappings(FIRST, rows).map(
        (one) => classifier.classify(isKernelMount ? { ...one, deviceMajor: 0 } : one).rule,
      );
      return rules.at(-1) === rule;
    };
    test('decides', () => expect(decides(shows)).toBe(true));
    test('does not decide what looks alike', () => expect(decides(looksAlike)).toBe(false));
  },
);
