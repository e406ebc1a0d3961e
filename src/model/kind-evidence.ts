import type { ByteString } from './byte-string.ts';
import type { Mapping } from './mapping.ts';

/** A part of a file that a program header of type PT_LOAD says to map. All numbers are bytes. */
export interface LoadSegment {
  readonly offset: number;
  readonly address: number;
  /** p_filesz: how much of the segment comes from the file. */
  readonly fileBytes: number;
  /** p_memsz: what exceeds `fileBytes` is bss. */
  readonly memoryBytes: number;
}

/** What identifies the file of a mapping, and where the mapping is. */
export type MappedFile = Pick<
  Mapping,
  'start' | 'end' | 'offset' | 'deviceMajor' | 'deviceMinor' | 'inode' | 'name'
>;

/** What is known of a process beyond its mappings, to tell their kinds. */
export interface KindEvidence {
  /** Address of the bottom of the stack; 0 if it is not known. */
  readonly startStack: number;
  /** Whether mappings that have a kind keep it: it was recorded when more was known. */
  readonly keepsKinds?: boolean;
  /** The name of the running program as in maps; undefined if it is not known. */
  readonly program?: ByteString | undefined;
  /**
   * The loaded segments of a mapped file: empty if the file is no ELF file, undefined if the file
   * cannot be read.
   */
  readonly segmentsOf?: (file: MappedFile) => readonly LoadSegment[] | undefined;
  /** Whether a mapping has guard pages inside; undefined where that cannot be asked. */
  readonly hasGuardPages?: (range: Pick<Mapping, 'start' | 'end'>) => boolean;
  /** Closes what was opened to answer. */
  readonly close?: () => void;
}
