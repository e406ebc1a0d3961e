import type { Options } from '../options.ts';
import { grouped } from '../report/figures.ts';
import type { Missing } from '../report/results.ts';
import { type Contestant, floors, ours, starts } from './contestants.ts';
import { LABEL, SIZES } from './labels.ts';
import { type FoundPeers, idiom } from './peers.ts';
import type { Surroundings } from './surroundings.ts';

/** A size of a process, and how often each contestant reads it. */
export interface GroupPlan {
  /** Number of mappings. */
  readonly wanted: number;
  readonly rounds: number;
}

/** The groups, smallest first. */
export function groupPlans({ quick }: Options): readonly GroupPlan[] {
  const few = (rounds: number) => (quick ? 3 : rounds);
  return [
    { wanted: SIZES.small, rounds: few(31) },
    { wanted: SIZES.thousand, rounds: few(31) },
    { wanted: SIZES.library, rounds: few(15) },
    { wanted: SIZES.large, rounds: few(15) },
    { wanted: SIZES.huge, rounds: few(7) },
  ];
}

/** How often each way of the library is timed in a process of its own. */
export function libraryRounds({ quick }: Options): number {
  return quick ? 3 : 15;
}

/** Whether `--only` selects this contestant. */
export function isWanted({ only }: Options, wanted: number, label: string): boolean {
  return only.test(`${grouped(wanted)} mappings: ${label}`);
}

/** The contestants for a process of this size, in the order of the table, and the missing ones. */
export function contestantsOf(
  { wanted }: GroupPlan,
  options: Options,
  around: Surroundings,
  peers: FoundPeers,
): { here: readonly Contestant[]; missing: readonly Missing[] } {
  const isSmall = wanted === SIZES.small;
  const here = [
    ...ours(around),
    ...(isSmall ? starts(around) : []),
    ...peers.here,
    idiom(around.node, around.root),
    ...floors(around),
  ];
  const noBinary = {
    label: LABEL.binary,
    reason: 'dist/tsmap is not built (npm run build:binary)',
  };
  const missing = [...peers.missing, ...(isSmall && !around.binary ? [noBinary] : [])];
  const asked = ({ label }: { readonly label: string }) => isWanted(options, wanted, label);
  return { here: here.filter(asked), missing: missing.filter(asked) };
}
