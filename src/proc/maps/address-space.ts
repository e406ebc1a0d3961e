import { readProcessTextIfReadable } from '../process/process-file.ts';
import { type ProcessPlace, placePath } from '../process/process-place.ts';
import { readWholeIfReadable } from '../source/byte-source.ts';
import { readPageFrames } from './page-frames.ts';
import { readRollup } from './rollup.ts';

/** Whether two processes have one address space, as after vfork(2) or clone(2) with CLONE_VM. */
export type SpaceRelation = 'one' | 'two' | 'unknown';

/** Numbers of the fields of stat that hold addresses, or lie between them. Source: proc_pid_stat(5). */
const ADDRESSES = [26, 27, 28, 45, 46, 47, 48, 49, 50, 51] as const;
const FIRST_AFTER_COMM = 3;

/**
 * The addresses of a process's code, stack, data and arguments as one text. Processes of one address space
 * have the same, and so have forked ones. Undefined if the kernel hides them.
 */
export function addressesOf({ root, directory }: ProcessPlace): string | undefined {
  const text = readProcessTextIfReadable(root, directory, 'stat') ?? '';
  const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ');
  const addresses = ADDRESSES.map((number) => fields[number - FIRST_AFTER_COMM] ?? '0');
  return addresses.some((each) => each.trim() !== '0') ? addresses.join(' ') : undefined;
}

/** What `status` says about memory. Cheap to read, and the same for processes of one address space. */
export function memoryLines({ root, directory }: ProcessPlace): string {
  const text = readProcessTextIfReadable(root, directory, 'status') ?? '';
  return text
    .split('\n')
    .filter((line) => /^(Vm|Rss)/.test(line))
    .join('\n');
}

/**
 * Whether two processes with equal addresses have one address space.
 *
 * Two idle workers after fork(2) have equal addresses and maps as well. What tells them apart are page
 * frames, which only root may see: a process that has run since has at least a page of its stack for itself.
 * Without them: if no anonymous page is shared with anyone (Pss_Anon of smaps_rollup is Anonymous) and the
 * totals are equal, it is one address space. Pages that are shared may be shared with a third process.
 */
export function compareSpaces(a: ProcessPlace, b: ProcessPlace): SpaceRelation {
  for (const read of [memoryLines, mapsText]) {
    if (compareTwice(a, b, read) === 'two') return 'two';
  }
  if (readPageFrames(a) !== undefined) return compareTwice(a, b, readPageFrames);
  const totals = compareTwice(a, b, totalsText);
  return totals === 'one' && !sharesPages(a) ? 'one' : totals === 'two' ? 'two' : 'unknown';
}

/** Compares what is read of both; it may change meanwhile, so the first is read before and after. */
function compareTwice(
  a: ProcessPlace,
  b: ProcessPlace,
  read: (place: ProcessPlace) => string | undefined,
): SpaceRelation {
  const before = read(a);
  const other = read(b);
  const after = read(a);
  if (before === undefined || other === undefined || before !== after) return 'unknown';
  return before === other ? 'one' : 'two';
}

function mapsText(place: ProcessPlace): string | undefined {
  return readWholeIfReadable(placePath(place, 'maps'))?.toString('latin1');
}

function totalsText(place: ProcessPlace): string | undefined {
  return readWholeIfReadable(placePath(place, 'smaps_rollup'))?.toString('latin1');
}

/** Whether anonymous pages are shared, or it is not known: kernels before 5.x have no Pss_Anon. */
function sharesPages(place: ProcessPlace): boolean {
  const rollup = readRollup(place);
  const value = (name: string) => rollup?.values[rollup.vocabulary.find(name) ?? -1];
  const [anonymous, proportional] = [value('Anonymous'), value('Pss_Anon')];
  return anonymous === undefined || anonymous !== proportional;
}
