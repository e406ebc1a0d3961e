import type { Problem } from '../model/errors/problem.ts';
import { addressesOf, compareSpaces, memoryLines } from '../proc/maps/address-space.ts';
import type { ProcessPlace } from '../proc/process/process-place.ts';

/** Which of several processes have one address space. */
export interface SharedSpaces {
  /** For each process that shares the space of an earlier one: the id of that one. */
  readonly ownerOf: ReadonlyMap<number, number>;
  /** What is to be said about them. */
  readonly remarks: readonly Problem[];
}

/** A process whose relation to the others is being found out. */
interface Candidate {
  readonly place: ProcessPlace;
  /** What status says, twice: it differs if the process is busy. */
  readonly before: string;
  readonly after: string;
}

/**
 * Finds processes that share an address space (vfork, CLONE_VM), which totals must count once. Reads
 * nothing but `stat` of processes whose addresses are unlike those of all others, and little more of idle
 * forked workers.
 */
export function findSharedSpaces(places: readonly ProcessPlace[]): SharedSpaces {
  const ownerOf = new Map<number, number>();
  const remarks: Problem[] = [];
  for (const group of groupsOf(places, addressesOf)) {
    const before = group.map(memoryLines);
    const candidates = group.map((place, at) => ({
      place,
      before: before[at] ?? '',
      after: memoryLines(place),
    }));
    relate(candidates, ownerOf, remarks);
  }
  return { ownerOf, remarks };
}

function groupsOf(
  places: readonly ProcessPlace[],
  keyOf: (place: ProcessPlace) => string | undefined,
): ProcessPlace[][] {
  const groups = new Map<string, ProcessPlace[]>();
  for (const place of places) {
    const key = keyOf(place);
    if (key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

function relate(
  candidates: readonly Candidate[],
  ownerOf: Map<number, number>,
  remarks: Problem[],
): void {
  const spaces: Candidate[] = [];
  const unsure: number[] = [];
  for (const one of candidates) {
    const { pid } = one.place;
    const others = spaces.filter((other) => mayBeOne(one, other));
    const relations = others.map((other) => compareSpaces(other.place, one.place));
    const owner = others[relations.indexOf('one')];
    if (owner !== undefined) {
      ownerOf.set(pid, owner.place.pid);
      const message = `shares the address space of ${owner.place.pid}, which totals count once`;
      remarks.push({ pid, code: 'remark', message });
      continue;
    }
    const doubtful = others[relations.indexOf('unknown')];
    if (doubtful !== undefined) unsure.push(...[doubtful.place.pid, pid]);
    spaces.push(one);
  }
  const [first, ...others] = new Set(unsure);
  if (first === undefined) return;
  const message = `may share one address space with ${others.join(', ')}: totals count each of them`;
  remarks.push({ pid: first, code: 'remark', message });
}

/** Two idle processes that differ have two address spaces. */
function mayBeOne(a: Candidate, b: Candidate): boolean {
  const isIdle = a.before === a.after && b.before === b.after;
  return !isIdle || a.before === b.before;
}
