import type { OptionTable, OptionValues } from './option.ts';
import { OPTIONS } from './options.ts';

/** The options that say which processes are meant, for verbs that read live ones alone. */
export const PROCESS_OPTIONS = {
  name: OPTIONS.name,
  full: OPTIONS.full,
  user: OPTIONS.user,
  children: OPTIONS.children,
  all: OPTIONS.all,
  procRoot: OPTIONS.procRoot,
} satisfies OptionTable;

/** What a command line says of processes. */
export type ProcessOptions = OptionValues<typeof PROCESS_OPTIONS>;
