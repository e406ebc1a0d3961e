import type { OptionTable, OptionValues } from '../../cli/options/option.ts';
import { choice, count, flag, value } from '../../cli/options/option-kinds.ts';
import { parseRange } from '../../cli/options/range-option.ts';
import {
  COLOR,
  DESCRIPTION_OPTIONS,
  FILE_OPTIONS,
  FORMAT_OPTIONS,
  HELP,
  PROC_ROOT,
  QUIET,
  ROW_OPTIONS,
  SIZE_OPTIONS,
  TOTAL,
} from '../../cli/options/shared-options.ts';
import { LAYOUT_NAMES, type LayoutName } from '../../format/pmap-layouts.ts';
import { UsageError } from '../../model/errors/usage-error.ts';

const asIs = (text: string): string => text;

/** The options of the memory map, in the order of `--help`. */
export const MAP_OPTIONS = {
  extended: flag(
    { short: 'x', long: 'extended', group: 'report' },
    'also show resident and dirty memory',
  ),
  device: flag(
    { short: 'd', long: 'device', group: 'report' },
    'show offset and device of the mapped files',
  ),
  detail: count(
    { short: 'X', group: 'report' },
    "show the kernel's own fields; -XX shows all of them",
  ),
  readRc: flag(
    { short: 'c', long: 'read-rc', group: 'report' },
    'show the columns that the default rc file lists',
  ),
  readRcFrom: value(
    { short: 'C', long: 'read-rc-from', metavar: 'FILE', group: 'report' },
    'show the columns that FILE lists',
    asIs,
  ),
  createRc: flag(
    { short: 'n', long: 'create-rc', group: 'report' },
    'create the default rc file, for editing',
  ),
  createRcTo: value(
    { short: 'N', long: 'create-rc-to', metavar: 'FILE', group: 'report' },
    'create an rc file, for editing',
    asIs,
  ),
  quiet: QUIET,
  showPath: flag({ short: 'p', long: 'show-path' }, 'show the full path of mapped files'),
  useKernelName: flag(
    { short: 'k', long: 'use-kernel-name' },
    "show the kernel's own names, such as [heap]",
  ),
  range: value(
    { short: 'A', long: 'range', metavar: 'LOW[,HIGH]' },
    'show only mappings in this hexadecimal address range',
    parseRange,
  ),
  ...ROW_OPTIONS,
  total: TOTAL,
  ...SIZE_OPTIONS,
  ...FORMAT_OPTIONS,
  ...FILE_OPTIONS,
  ...DESCRIPTION_OPTIONS,
  sunos: flag(
    { short: 'r', notice: 'option -r is ignored as SunOS compatibility' },
    'accepted for SunOS compatibility, without effect',
  ),
  layout: choice<LayoutName>(
    'layout',
    LAYOUT_NAMES,
    "pmap's layout: classic as in RHEL 6 and 7, procps as in procps-ng 4",
  ),
  procRoot: PROC_ROOT,
  color: COLOR,
  help: HELP,
  version: flag({ short: 'V', long: 'version', isFinal: true }, 'show the version and exit'),
} satisfies OptionTable;

/** The option values of the memory map. */
export type MapOptions = OptionValues<typeof MAP_OPTIONS>;

/** Checks that at most one option chooses the report. The message is pmap's. @throws UsageError. */
export function checkExclusive(options: MapOptions): void {
  const group = Object.entries(MAP_OPTIONS).filter(([, { group }]) => group === 'report');
  const given = group.filter(([name]) => isGiven(options[name as keyof MapOptions]));
  if (given.length < 2) return;
  const letters = group.map(([, { short }]) => `-${short}`);
  letters.sort((a, b) => a.localeCompare(b, 'en'));
  throw new UsageError(`options ${letters.join(', ')} are mutually exclusive`, 'message');
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && value !== 0;
}
