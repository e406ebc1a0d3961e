import { readWholeIfReadable } from './source/byte-source.ts';

/** The machine's host name and kernel release; undefined if `root` lacks the file. */
export function readSystem(root: string): {
  readonly host: string | undefined;
  readonly kernel: string | undefined;
} {
  return {
    host: lineOf(`${root}/sys/kernel/hostname`),
    kernel: lineOf(`${root}/sys/kernel/osrelease`),
  };
}

/**
 * The largest number of mappings that a process may have (vm.max_map_count); undefined if `root` lacks
 * the file.
 */
export function readMaxMapCount(root: string): number | undefined {
  const text = lineOf(`${root}/sys/vm/max_map_count`);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function lineOf(path: string): string | undefined {
  return readWholeIfReadable(path)?.toString('utf8').trim();
}

/** Type of the auxv entry that holds the page size; see getauxval(3). */
const AT_PAGESZ = 6n;

/** The page size in bytes, from the auxiliary vector; undefined if `root` lacks it. */
export function readPageSize(root: string): number | undefined {
  const auxv = readWholeIfReadable(`${root}/self/auxv`);
  if (auxv === undefined) return undefined;
  const bytes = new Uint8Array(auxv);
  const words = new BigUint64Array(bytes.buffer, 0, Math.floor(bytes.length / 8));
  const at = words.findIndex((word, index) => index % 2 === 0 && word === AT_PAGESZ);
  return at < 0 ? undefined : Number(words[at + 1]);
}
