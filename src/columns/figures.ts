import { catalogue, numberColumn } from './catalogue.ts';
import type { NumberColumn } from './column.ts';

/**
 * Lines of /proc/PID/status that have a figure of a whole process; several are added up. Source:
 * proc_pid_status(5).
 */
export interface StatusLines {
  readonly keys: readonly [string, ...string[]];
  /** Whether they count what the figure counts; else they are taken only where speed is asked for. */
  readonly isExact: boolean;
}

/** A figure of a process: a column summed over all its mappings, or one that the kernel keeps. */
export interface Figure {
  readonly column: NumberColumn;
  /** Where status has it; undefined if it does not. */
  readonly status: StatusLines | undefined;
  /** The name in full. */
  readonly title: string;
  /** Two sentences: what it counts, and when to use it. */
  readonly explanation: readonly [counts: string, use: string];
}

/** Made once for all figures, since it has a column for each known field. */
const COLUMNS = catalogue();

function figure(
  id: string,
  title: string,
  counts: string,
  use: string,
  status?: StatusLines,
): Figure {
  return { column: numberColumn(id, COLUMNS), title, explanation: [counts, use], status };
}

/** Where status has a figure of mappings, exactly or nearly. */
const exactly = (key: string): StatusLines => ({ keys: [key], isExact: true });
const nearly = (key: string): StatusLines => ({ keys: [key], isExact: false });

/** A figure that only status has, so that mappings and groups of them do not. */
function processFigure(
  { id, heading, isPeak = false }: { id: string; heading: string; isPeak?: boolean },
  keys: StatusLines['keys'],
  title: string,
  counts: string,
  use: string,
): Figure {
  const column: NumberColumn = {
    id,
    title: heading,
    help: counts,
    kind: 'number',
    unit: 'kib',
    fields: [],
    // Processes reached their peaks at different times.
    isSummable: !isPeak,
    isOfProcess: true,
    value: () => undefined,
  };
  return { column, title, explanation: [counts, use], status: { keys, isExact: true } };
}

/** The figures of a process, in order. An entry is all that a figure needs. */
export const FIGURES: readonly Figure[] = [
  figure(
    'rss',
    'resident',
    'Pages in RAM, shared pages counted in full. Memory that MADV_FREE gave back lazily is still in it.',
    'Use it to compare with ps and top; summed over processes it counts shared pages repeatedly.',
    nearly('VmRSS'),
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
    'Pages in RAM that no other process maps. Pages merged by KSM count as shared, even within a process.',
    'Use it to see what ending the process would free, and to find leaks.',
  ),
  figure(
    'shared',
    'shared',
    'Pages in RAM that are mapped more than once: by other processes too, or merged by KSM.',
    'Use it to see how much of RSS is libraries and shared memory; RSS is private plus shared.',
  ),
  figure(
    'dirty',
    'dirty',
    'Modified pages in RAM.',
    'Use it to see what cannot simply be dropped: it must first be written to its file or to swap.',
  ),
  processFigure(
    { id: 'peak', heading: 'Peak', isPeak: true },
    ['VmHWM'],
    'resident, peak',
    'The largest RSS so far (VmHWM), as the kernel keeps it since the program started.',
    'Use it to set limits: it shows what came and went between two looks.',
  ),
  processFigure(
    { id: 'rss_anon', heading: 'RssAnon' },
    ['RssAnon'],
    'resident, anonymous',
    'The part of RSS without a file behind it: heap, stacks, and pages of files that were written to.',
    'Use it to see what only swap could take: it cannot be read from a file again.',
  ),
  processFigure(
    { id: 'rss_file', heading: 'RssFile' },
    ['RssFile'],
    'resident, of files',
    'The part of RSS that is pages of files: programs, libraries and mapped data.',
    'Use it to see what the kernel can take back when memory is short, and read again later.',
  ),
  processFigure(
    { id: 'rss_shmem', heading: 'RssShmem' },
    ['RssShmem'],
    'resident, shared memory',
    'The part of RSS that is shared memory: System V, tmpfs and shared anonymous mappings.',
    'Use it to see how much of RSS stays when the process ends, until the memory is removed.',
  ),
  figure(
    'lazy_free',
    'freed lazily',
    'Memory that the program gave back with MADV_FREE and the kernel has not taken yet; part of RSS.',
    'Subtract it from RSS: the kernel takes it as soon as memory is short.',
  ),
  figure(
    'swap',
    'swapped',
    'Memory that is swapped out. Since Linux 4.6 that includes shared memory, whole in each process.',
    'Growing swap means that RAM is short. Totals over processes count shared memory in each of them.',
    nearly('VmSwap'),
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
    exactly('HugetlbPages'),
  ),
  processFigure(
    { id: 'page_tables', heading: 'PageTables' },
    // Until Linux 4.15 the second level had a line of its own.
    ['VmPTE', 'VmPMD'],
    'page tables',
    'What the kernel needs to map the memory of the process; not part of RSS.',
    'Use it where many processes map the same large memory: each has page tables of its own for it.',
  ),
  figure(
    'size',
    'address space',
    'Mapped addresses, whether or not memory is behind them.',
    'Use it to check limits on address space; it says nothing about memory in use.',
    nearly('VmSize'),
  ),
  processFigure(
    { id: 'peak_size', heading: 'PeakSize', isPeak: true },
    ['VmPeak'],
    'address space, peak',
    'The largest address space so far (VmPeak).',
    'Use it to set a limit on address space (ulimit -v).',
  ),
  figure(
    'mappings',
    'mappings',
    'The number of mappings as the kernel counts them, which leaves out [vsyscall].',
    'Compare it with vm.max_map_count: beyond it, mmap(2) fails.',
  ),
];

/** The figures that only whole processes have. */
export const PROCESS_FIGURES: readonly Figure[] = FIGURES.filter(
  ({ column }) => column.isOfProcess === true,
);

const BY_ID: ReadonlyMap<string, Figure> = new Map(
  FIGURES.map((figure) => [figure.column.id, figure]),
);

/** The figure with this id or heading; case does not matter. Undefined if there is none. */
export function findFigure(name: string): Figure | undefined {
  const id = name.toLowerCase();
  return BY_ID.get(id) ?? FIGURES.find(({ column }) => column.title.toLowerCase() === id);
}

/** The figure with this id, which must exist: for lists of figures in the code. */
export function figureWithId(id: string): Figure {
  const found = BY_ID.get(id);
  if (found === undefined) throw new Error(`${id} is not a figure of a process`);
  return found;
}
