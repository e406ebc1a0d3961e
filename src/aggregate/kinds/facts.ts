import type { ByteString } from '../../model/byte-string.ts';
import type { KindEvidence, MappedFile } from '../../model/kind-evidence.ts';
import type { Mapping } from '../../model/mapping.ts';

/** A program or library that may have a bss behind its last mapping. */
export interface LoadedFile extends MappedFile {
  /** Whether code of it was mapped. */
  readonly hasCode: boolean;
  /** Where its first mapping starts, in bytes. */
  readonly firstStart: number;
}

/** What is kept of the previous mapping; readers reuse their objects. */
export interface Previous {
  readonly end: number;
  /** The file whose bss may begin at `end`; undefined if there can be none. */
  readonly file: LoadedFile | undefined;
  /** Size in bytes of a guard area that ends at `end`; 0 if there is none. */
  readonly guardBytes: number;
  /** Whether the mapping may be the used part of a malloc arena. */
  readonly isArena: boolean;
  /** Where the arena ends at most to which a nameless next mapping belongs; 0 if there is none. */
  readonly namedArenaEnd: number;
}

/** What the rules look at: one mapping, and what came before it. */
export interface Facts {
  readonly mapping: Mapping;
  /** The mapping's, read once because a reader decodes them at each access. */
  readonly name: ByteString;
  readonly perms: string;
  readonly previous: Previous;
  readonly evidence: KindEvidence;
  /** The last mapping of a file before this one, wherever it ends; undefined if there is none. */
  readonly lastFile: LoadedFile | undefined;
  /** Whether the mapping belongs to a file of which code was mapped before. */
  readonly hasCode: boolean;
}

/** Whether the mapping is private. */
export function isPrivate(perms: string): boolean {
  return perms[3] === 'p';
}

/** Whether the mapping is private and writable, whether or not code can run in it. */
export function isPrivateWritable(perms: string): boolean {
  return perms[0] === 'r' && perms[1] === 'w' && perms[3] === 'p';
}
