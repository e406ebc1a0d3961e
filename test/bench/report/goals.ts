import { LABEL, SIZES } from '../plan/labels.ts';
import { grouped } from './figures.ts';
import { type Results, rowOf } from './results.ts';

/** How the figure of a goal is written: as a ratio, a multiple, or memory. */
export type GoalUnit = '' | '×' | 'MiB';

/** A number to reach. */
export interface Goal {
  readonly what: string;
  readonly limit: number;
  readonly unit: GoalUnit;
  readonly bound: 'at most' | 'at least';
  /** The measured figure; undefined if a part of it was not measured. */
  readonly measured: (results: Results) => number | undefined;
}

const KIB_PER_MIB = 1024;
const STREAMED = [LABEL.plain, LABEL.device, LABEL.extended];

/** The goals of one run; each executable of `nodes` has the start-up goal of its own. */
export function goals(nodes: readonly string[]): readonly Goal[] {
  return [
    startUp(LABEL.extended, LABEL.node, 1.35),
    ...nodes.map((node) => startUp(`${LABEL.extended}, ${node}`, `${LABEL.node}, ${node}`, 1.35)),
    startUp(LABEL.binary, LABEL.node, 0.6),
    wallRatio(LABEL.extended, LABEL.pmapExtended, 0.75),
    wallRatio(LABEL.kernel, LABEL.pmapKernel, 0.35),
    wallRatio(LABEL.plain, LABEL.pmap, 1.25),
    wallRatio(LABEL.extended, LABEL.bareReads, 1.25),
    ...[SIZES.large, SIZES.huge].flatMap((size) => STREAMED.map((label) => peak(label, size))),
    {
      ...atMost(`${LABEL.kernel}: peak memory, ${mappings(SIZES.huge)}`, 250, 'MiB'),
      measured: (results) => inMib(rowOf(results, SIZES.huge, LABEL.kernel)?.peakKib.median),
    },
    ...['iterator', 'array'].flatMap((form) => [
      ...library('maps', form),
      ...library('smaps', `two fields, ${form}`),
      ...library('smaps', `all fields, ${form}`),
    ]),
  ];
}

/** Whether a figure meets its goal. */
export function meets({ bound, limit }: Goal, value: number): boolean {
  return bound === 'at most' ? value <= limit : value >= limit;
}

function atMost(what: string, limit: number, unit: GoalUnit = '') {
  return { what, limit, unit, bound: 'at most' } as const;
}

function startUp(label: string, base: string, limit: number): Goal {
  return ratio(label, base, SIZES.small, limit);
}

function wallRatio(label: string, base: string, limit: number): Goal {
  return ratio(label, base, SIZES.large, limit);
}

function ratio(label: string, base: string, size: number, limit: number): Goal {
  return {
    ...atMost(`${label} / ${base}, ${mappings(size)}`, limit),
    measured: (results) => {
      const [ours, theirs] = [rowOf(results, size, label), rowOf(results, size, base)];
      return quotient(ours?.wallMs.median, theirs?.wallMs.median);
    },
  };
}

function peak(label: string, size: number): Goal {
  return {
    ...atMost(`${label}: peak memory over ${LABEL.node}, ${mappings(size)}`, 16, 'MiB'),
    measured: (results) => {
      const ours = rowOf(results, size, label)?.peakKib.median;
      return inMib(difference(ours, rowOf(results, size, LABEL.node)?.peakKib.median));
    },
  };
}

/** Compares whole times, and times without the kernel's part, which both wait for. */
function library(file: 'maps' | 'smaps', way: string): Goal[] {
  const times = (results: Results, label: string) =>
    results.library?.rows.find((row) => row.label === `${file} ${label}`)?.laterMs.median;
  const what = `library: ${file} idiom / ${file} ${way}, ${mappings(SIZES.library)}`;
  const goal = { limit: 5, unit: '×', bound: 'at least' } as const;
  return [
    {
      ...goal,
      what,
      measured: (results) => quotient(times(results, 'idiom'), times(results, way)),
    },
    {
      ...goal,
      what: `${what}, above bare reads`,
      measured: (results) => {
        const floor = times(results, 'bare reads');
        return quotient(
          difference(times(results, 'idiom'), floor),
          difference(times(results, way), floor),
        );
      },
    },
  ];
}

function mappings(size: number): string {
  return `${grouped(size)} mappings`;
}

function quotient(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}

function difference(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

function inMib(kib: number | undefined): number | undefined {
  return kib === undefined ? undefined : kib / KIB_PER_MIB;
}
