import type { ByteString } from '../model/byte-string.ts';
import type { Mapping } from '../model/mapping.ts';

/** How the names of a process's mappings are shown. */
export interface NameRule {
  /** The whole path instead of the part after the last slash. */
  readonly showPath: boolean;
  /** The kernel's names for memory without a file: `[heap]` instead of `[ anon ]`. */
  readonly useKernelName: boolean;
  /**
   * Whether memory without a name is `[anon]` and a System V segment has the kernel's name, as in
   * tsmap's own tables; otherwise `  [ anon ]` and `  [ shmid=0x.. ]`, as in pmap's layouts.
   */
  readonly isOwnTable?: boolean;
  /** An address in the main thread's stack, in bytes; 0 if it is not known. */
  readonly startStack: number;
  /** Whether a device holds System V segments or other shared memory internal to the kernel. */
  isSharedMemoryDevice(major: number, minor: number): boolean;
}

const ANONYMOUS = '  [ anon ]';
const STACK = '  [ stack ]';

/**
 * The name in the column "Mapping", which pmap prints too.
 *
 * A name with a slash is a path; any other, heap and vdso included, counts as anonymous unless it
 * is the stack. So `[anon:my/pool v1]` reads `pool v1]` as in pmap, unless the kernel's names are
 * asked for. The name of a System V segment must begin with `/SYSV`; pmap looks for it anywhere in
 * the path and takes a memfd called `a/SYSV1` for a segment.
 */
export function mappingName(mapping: Mapping, rule: NameRule): ByteString {
  const name = mapping.name;
  if (rule.useKernelName && name !== '' && !name.startsWith('/')) return name;
  const slash = name.indexOf('/');
  if (slash >= 0) return pathName(mapping, name.slice(slash), rule);
  const isOfStack = isStack(mapping, rule.startStack);
  if (rule.isOwnTable === true) return isOfStack ? '[stack]' : '[anon]';
  return isOfStack ? STACK : ANONYMOUS;
}

/**
 * The name that pmap -X prints in the column "Mapping": the kernel's name, or only the part after the
 * last slash if paths are not shown, even within brackets.
 */
export function kernelName({ name }: Mapping, rule: NameRule): ByteString {
  if (rule.showPath || (rule.useKernelName && !name.startsWith('/'))) return name;
  return name.slice(name.lastIndexOf('/') + 1);
}

function pathName(mapping: Mapping, path: ByteString, rule: NameRule): ByteString {
  if (rule.isOwnTable !== true && isSysvSegment(mapping, path, rule)) {
    return `  [ shmid=0x${BigInt(mapping.inode).toString(16)} ]`;
  }
  return rule.showPath ? path : lastComponent(path);
}

/** The kernel names a System V segment `/SYSV` plus its key; the inode is its id. */
function isSysvSegment(mapping: Mapping, path: ByteString, rule: NameRule): boolean {
  if (!path.startsWith('/SYSV')) return false;
  return rule.isSharedMemoryDevice(mapping.deviceMajor, mapping.deviceMinor);
}

/**
 * Whether the mapping is the main thread's stack; decided by the name if the address of the stack is not
 * known, as in a saved file. Both bounds are included, as in pmap: a stack that was just extended may
 * end at the address.
 */
function isStack({ start, end, name }: Mapping, startStack: number): boolean {
  return startStack === 0 ? name === '[stack]' : start <= startStack && startStack <= end;
}

/**
 * The part of a path after the last slash; ` (deleted)` and slashes in the name of a memfd are not
 * special. A path that ends with a slash gives `/`.
 */
export function lastComponent(path: ByteString): ByteString {
  const slash = path.lastIndexOf('/');
  return slash === path.length - 1 ? '/' : path.slice(slash + 1);
}
