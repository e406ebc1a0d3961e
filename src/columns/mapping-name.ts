import type { ByteString } from '../model/byte-string.ts';
import type { Mapping } from '../model/mapping.ts';

/** How the names of one process's mappings are shown. */
export interface NameRule {
  /** The whole path instead of what follows its last slash. */
  readonly showPath: boolean;
  /** The kernel's own names for memory without a file: `[heap]` instead of `[ anon ]`. */
  readonly useKernelName: boolean;
  /** The address that the process's first stack holds, in bytes. */
  readonly startStack: number;
  /** Whether a mapping on this device is a System V segment or other kernel-internal shared memory. */
  isSharedMemoryDevice(major: number, minor: number): boolean;
}

const ANONYMOUS = '  [ anon ]';
const STACK = '  [ stack ]';

/**
 * What pmap writes under "Mapping".
 *
 * What holds a slash is a path; the rest, heap and vdso included, counts as anonymous unless it is
 * the stack. So `[anon:my/pool v1]` reads `pool v1]` as in pmap, save where the kernel's own names
 * are asked for. A segment's name must begin with `/SYSV`; pmap takes it anywhere in the path, so
 * that a memfd called `a/SYSV1` passes for a segment there.
 */
export function mappingName(mapping: Mapping, rule: NameRule): ByteString {
  const name = mapping.name;
  if (rule.useKernelName && name !== '' && !name.startsWith('/')) return name;
  const slash = name.indexOf('/');
  if (slash >= 0) return pathName(mapping, name.slice(slash), rule);
  return isStack(mapping, rule.startStack) ? STACK : ANONYMOUS;
}

/**
 * What pmap -X writes under "Mapping": the kernel's text, of which only what follows the last slash
 * where paths are not asked for, in brackets as well.
 */
export function kernelName({ name }: Mapping, rule: NameRule): ByteString {
  if (rule.showPath || (rule.useKernelName && !name.startsWith('/'))) return name;
  return name.slice(name.lastIndexOf('/') + 1);
}

function pathName(mapping: Mapping, path: ByteString, rule: NameRule): ByteString {
  if (isSysvSegment(mapping, path, rule)) {
    return `  [ shmid=0x${BigInt(mapping.inode).toString(16)} ]`;
  }
  return rule.showPath ? path : lastComponent(path);
}

/** The kernel names a System V segment `/SYSV` and its key, and gives it its id as inode. */
function isSysvSegment(mapping: Mapping, path: ByteString, rule: NameRule): boolean {
  if (!path.startsWith('/SYSV')) return false;
  return rule.isSharedMemoryDevice(mapping.deviceMajor, mapping.deviceMinor);
}

/**
 * Whether the mapping holds the first stack; by name where the address is not known, in a saved file.
 * Both ends count, as in pmap: a stack that was just extended may end at the address.
 */
function isStack({ start, end, name }: Mapping, startStack: number): boolean {
  return startStack === 0 ? name === '[stack]' : start <= startStack && startStack <= end;
}

/**
 * What follows the last slash: ` (deleted)` and the slashes in a memfd's name are taken as they
 * come. A path that ends with a slash reads `/`.
 */
export function lastComponent(path: ByteString): ByteString {
  const slash = path.lastIndexOf('/');
  return slash === path.length - 1 ? '/' : path.slice(slash + 1);
}
