import { join } from 'node:path';
import { measureGroup } from './measure/group.ts';
import type { Jobs } from './measure/jobs.ts';
import { measureLibrary } from './measure/library.ts';
import { thisMachine } from './measure/machine.ts';
import { raiseMapLimit } from './measure/map-limit.ts';
import type { Options } from './options.ts';
import { LIBRARY_WAYS, SIZES } from './plan/labels.ts';
import { type FoundPeers, findPeers } from './plan/peers.ts';
import { contestantsOf, type GroupPlan, groupPlans, isWanted, libraryRounds } from './plan/plan.ts';
import { compile, type Subject, startSubject } from './plan/subjects.ts';
import type { Surroundings } from './plan/surroundings.ts';
import { grouped } from './report/figures.ts';
import type { Group, LibraryGroup, Results } from './report/results.ts';
import type { Undo } from './undo.ts';

/** What all measurements need. */
interface Bench {
  readonly options: Options;
  readonly jobs: Jobs;
  readonly around: Surroundings;
  readonly peers: FoundPeers;
  /** The compiled programs/measure.c. */
  readonly helper: string;
  report(progress: string): void;
  /** Runs something with a process of so many mappings, or of as many as are allowed. */
  withSubject<T>(wanted: number, use: (subject: Subject) => Promise<T>): Promise<T>;
}

/**
 * Measures everything that the options ask for. `directory` is for its files, `undo` collects what
 * must be restored, `report` is called with a line of progress now and then.
 */
export async function runBench(
  options: Options,
  around: Surroundings,
  { jobs, directory, undo, report }: Means,
): Promise<Results> {
  const { root, binary } = around;
  const limit = raiseMapLimit(SIZES.huge, undo);
  const many = await compile(jobs, join(root, 'test/programs/many.c'), directory);
  const helper = await compile(jobs, join(root, 'test/bench/programs/measure.c'), directory);
  const peers = await findPeers(jobs);
  const machine = await thisMachine(jobs);
  const bench: Bench = { options, jobs, around, peers, helper, report, withSubject };
  const groups: Group[] = [];
  for (const plan of groupPlans(options)) {
    groups.push(...(await oneGroup(bench, plan)));
  }
  const library = await libraryGroup(bench);
  return { machine, groups, library, binaryBytes: binary?.bytes, notes: notes(limit) };

  async function withSubject<T>(wanted: number, use: (subject: Subject) => Promise<T>) {
    const subject = await startSubject(jobs, many, Math.min(wanted, limit), directory);
    try {
      return await use(subject);
    } finally {
      subject.end();
    }
  }
}

/** The means by which the bench acts on the system and reports its progress. */
export interface Means {
  readonly jobs: Jobs;
  readonly directory: string;
  readonly undo: Undo;
  report(progress: string): void;
}

async function oneGroup(bench: Bench, plan: GroupPlan): Promise<Group[]> {
  const { options, jobs, around, peers, helper } = bench;
  const { here, missing } = contestantsOf(plan, options, around, peers);
  if (here.length === 0) return [];
  bench.report(`${grouped(plan.wanted)} mappings, ${plan.rounds} rounds`);
  return bench.withSubject(plan.wanted, async (subject) => {
    const rows = await measureGroup(jobs, helper, here, subject, plan.rounds);
    return [{ ...plan, mappings: subject.mappings, rows, missing }];
  });
}

async function libraryGroup(bench: Bench): Promise<LibraryGroup | undefined> {
  const { options, jobs, around } = bench;
  const ways = LIBRARY_WAYS.filter((way) => isWanted(options, SIZES.library, `library ${way}`));
  if (ways.length === 0) return undefined;
  const rounds = libraryRounds(options);
  bench.report(`the library, ${rounds} processes each`);
  return bench.withSubject(SIZES.library, async (subject) => {
    const rows = await measureLibrary(jobs, around, subject, ways, rounds);
    return { mappings: subject.mappings, rounds, rows };
  });
}

function notes(limit: number): string[] {
  if (limit >= SIZES.huge) return [];
  const why = 'vm.max_map_count allows no more and only root may raise it';
  return [`No process here has more than ${grouped(limit)} mappings: ${why}.`];
}
