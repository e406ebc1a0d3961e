import { catalogue, numberColumn } from './catalogue.ts';
import type { NumberColumn } from './column.ts';

/** A figure of a summary: a column summed over all mappings of a process. */
export interface Figure {
  readonly column: NumberColumn;
  /** The name in full. */
  readonly title: string;
  /** Two sentences: what it counts, and when to use it. */
  readonly explanation: readonly [counts: string, use: string];
}

/** Made once for all figures, since it has a column for each known field. */
const COLUMNS = catalogue();

function figure(id: string, title: string, counts: string, use: string): Figure {
  return { column: numberColumn(id, COLUMNS), title, explanation: [counts, use] };
}

/** The figures of a summary, in order. An entry is all that a figure needs. */
export const FIGURES: readonly Figure[] = [
  figure(
    'rss',
    'resident',
    'Pages in RAM, shared pages counted in full.',
    'Use it to compare with ps and top; summed over processes it counts shared pages repeatedly.',
  ),
  figure(
    'pss',
    'proportional',
    'Pages in RAM, each divided by the number of processes that map it.',
    "Use it for a process's fair share: summed over all processes, it is the memory really in use.",
  ),
  figure(
    'uss',
    'private',
    'Pages in RAM that no other process maps.',
    'Use it to see what ending the process would free, and to find leaks.',
  ),
  figure(
    'shared',
    'shared',
    'Pages in RAM that other processes map too.',
    'Use it to see how much of RSS is libraries and shared memory; RSS is private plus shared.',
  ),
  figure(
    'dirty',
    'dirty',
    'Modified pages in RAM.',
    'Use it to see what cannot simply be dropped: it must first be written to its file or to swap.',
  ),
  figure(
    'swap',
    'swapped',
    'Memory that is swapped out. Since Linux 4.6 that includes shared memory, whole in each process.',
    'Growing swap means that RAM is short. Totals over processes count shared memory in each of them.',
  ),
  figure(
    'swap_pss',
    'swapped, proportional',
    'Swapped-out memory without shared memory, divided by the number of processes that share it.',
    'Use it for swap as you use PSS for RAM.',
  ),
  figure(
    'locked',
    'locked',
    'Memory locked in RAM, which cannot be swapped out.',
    'Use it to check mlock(2) against the limit that ulimit -l shows.',
  ),
  figure(
    'anon_huge_pages',
    'huge pages, transparent',
    'Anonymous memory in transparent huge pages; part of RSS.',
    'Use it to see whether transparent huge pages are in use.',
  ),
  figure(
    'hugetlb',
    'huge pages, reserved',
    'Memory in hugetlbfs pages, which are not part of RSS and PSS.',
    'Add it to RSS if databases or virtual machines reserve huge pages.',
  ),
  figure(
    'size',
    'address space',
    'Mapped addresses, whether or not memory is behind them.',
    'Use it to check limits on address space; it says nothing about memory in use.',
  ),
  figure(
    'mappings',
    'mappings',
    'The number of mappings.',
    'Compare it with vm.max_map_count: beyond it, mmap(2) fails.',
  ),
];
