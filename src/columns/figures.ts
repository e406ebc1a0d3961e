import { catalogue } from './catalogue.ts';
import type { NumberColumn } from './column.ts';

/** One figure of a summary: a column summed over all mappings of a process. */
export interface Figure {
  readonly column: NumberColumn;
  /** What it is called in full. */
  readonly title: string;
  /** What it counts, and when to use it. */
  readonly explanation: readonly [counts: string, use: string];
}

/** Made once for all figures: it holds a column for each field that kernels are known to print. */
const COLUMNS = catalogue();

function figure(id: string, title: string, counts: string, use: string): Figure {
  const column = COLUMNS.find((each) => each.id === id);
  if (column?.kind !== 'number') throw new Error(`no column of numbers: ${id}`);
  return { column, title, explanation: [counts, use] };
}

/** The figures of a summary, in their order. */
export const FIGURES: readonly Figure[] = [
  figure(
    'rss',
    'resident',
    'Pages in RAM, those shared with other processes counted in full.',
    'Use it to compare with what ps and top show; added up over processes it counts shared pages several times.',
  ),
  figure(
    'pss',
    'proportional',
    'Pages in RAM, each divided by the number of processes that map it.',
    "Use it for a process's fair share: over all processes it adds up to what is really in use.",
  ),
  figure(
    'uss',
    'private',
    'Pages in RAM that no other process maps.',
    'Use it for what ending the process would free, and to find leaks.',
  ),
  figure(
    'shared',
    'shared',
    'Pages in RAM that other processes map as well.',
    'Use it to see how much of RSS is libraries and shared memory; RSS is private plus shared.',
  ),
  figure(
    'dirty',
    'dirty',
    'Pages in RAM that were written to.',
    'Use it for what cannot be dropped and read again: it must be swapped or kept.',
  ),
  figure(
    'swap',
    'swapped',
    'Anonymous memory that was moved to swap.',
    'Add it to RSS for all that the process has taken; growing swap means that RAM is short.',
  ),
  figure(
    'swap_pss',
    'swapped, proportional',
    'Swapped memory, divided by the number of processes that share it.',
    'Use it as PSS, for swap.',
  ),
  figure(
    'locked',
    'locked',
    'Memory that may not be swapped.',
    'Use it to check mlock(2), against the limit that ulimit -l shows.',
  ),
  figure(
    'anon_huge_pages',
    'huge pages, transparent',
    'Anonymous memory in huge pages; part of RSS.',
    'Use it to see whether transparent huge pages take hold.',
  ),
  figure(
    'hugetlb',
    'huge pages, reserved',
    'Memory in pages of hugetlbfs; the kernel leaves it out of RSS and PSS.',
    'Add it to RSS where databases or virtual machines reserve huge pages.',
  ),
  figure(
    'size',
    'address space',
    'Addresses that are mapped, with memory behind them or not.',
    'Use it against limits on address space; it says nothing about memory in use.',
  ),
  figure(
    'mappings',
    'mappings',
    'How many mappings the process has.',
    'Compare it with vm.max_map_count: beyond that mmap(2) fails.',
  ),
];
