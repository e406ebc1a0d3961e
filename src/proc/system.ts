import { readWholeIfReadable } from './source/byte-source.ts';

/** The machine's name and its kernel's release; undefined where `root` does not say. */
export function readSystem(root: string): {
  readonly host: string | undefined;
  readonly kernel: string | undefined;
} {
  return {
    host: lineOf(`${root}/sys/kernel/hostname`),
    kernel: lineOf(`${root}/sys/kernel/osrelease`),
  };
}

/** The highest number of mappings that a process may have; undefined where `root` does not say. */
export function readMaxMapCount(root: string): number | undefined {
  const text = lineOf(`${root}/sys/vm/max_map_count`);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function lineOf(path: string): string | undefined {
  return readWholeIfReadable(path)?.toString('utf8').trim();
}

/** The kind of entry of auxv that says how large a page is; see getauxval(3). */
const AT_PAGESZ = 6n;

/** The size of a page in bytes, as the kernel tells each program; undefined where `root` has none. */
export function readPageSize(root: string): number | undefined {
  const auxv = readWholeIfReadable(`${root}/self/auxv`);
  if (auxv === undefined) return undefined;
  const bytes = new Uint8Array(auxv);
  const words = new BigUint64Array(bytes.buffer, 0, Math.floor(bytes.length / 8));
  const at = words.findIndex((word, index) => index % 2 === 0 && word === AT_PAGESZ);
  return at < 0 ? undefined : Number(words[at + 1]);
}
