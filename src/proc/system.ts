import { readWhole } from './source.ts';

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
  try {
    return readWhole(path).toString('utf8').trim();
  } catch {
    return undefined;
  }
}
