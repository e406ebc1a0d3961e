import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OracleInput, ProcessFile } from '../support/pmap.ts';
import { FIXTURES, ROOT } from '../support/program.ts';

/** A kind of report, and the options that ask for it. To compare another one, add it to REPORTS. */
export interface Report {
  readonly name: string;
  readonly options: readonly string[];
  /** What it is combined with; MODIFIERS by default. */
  readonly modifiers?: readonly (readonly string[])[];
  /** Whether its numbers change on a process that stands still (Pss, Referenced). */
  readonly isVolatile?: boolean;
}

export const REPORTS: readonly Report[] = [
  { name: 'default', options: [] },
  { name: '-x', options: ['-x'] },
  { name: '-d', options: ['-d'] },
  measured('-X', ['-X']),
  measured('-XX', ['-XX']),
  ...['few', 'all', 'empty', 'mistaken'].map((name) =>
    measured(`-C ${name}.rc`, ['-C', new URL(`rc/${name}.rc`, import.meta.url).pathname]),
  ),
];

/** A report whose columns are measured: pmap 4.0.2 ignores -A there (deviation 7). */
function measured(name: string, options: readonly string[]): Report {
  return { name, options, modifiers: [[], ['-q'], ['-p'], ['-qp']], isVolatile: true };
}

/** What each report is combined with. */
export const MODIFIERS: readonly (readonly string[])[] = [
  [],
  ['-q'],
  ['-p'],
  ['-qp'],
  ['-A', '400000'],
  ['-A', '0x400fff,7f1234000000'],
  ['-A', '7f0000000000,'],
  ['-A', ',600000'],
  ['-A', ','],
  ['-qA', '7ffd56780000,FFFFFFFFFFFFFFFF'],
  ['-A', '9000,8000'],
];

/** All sets of options under which a report is compared. */
export function optionSetsOf({ options, modifiers = MODIFIERS }: Report): string[][] {
  return modifiers.map((modifier) => [...options, ...modifier]);
}

/** Fixtures without maps or smaps: a missing file cannot be mounted over an existing one. */
const INCOMPLETE = ['2906', '2907'];

const ROWS = ['default', '-x', '-d'];
const DETAIL = ['-X', '-XX'];
const NAMED = [...ROWS, ...DETAIL, '-C few.rc', '-C all.rc'];
const FLAGS = ['-XX', '-C all.rc', '-C mistaken.rc'];
const MEASURED = [...DETAIL, '-C few.rc', '-C all.rc', '-C empty.rc', '-C mistaken.rc'];
const ALL = [...ROWS, ...MEASURED];

/** Fixtures that pmap 4.0.2 shows differently, in which reports, and why; see deviations.test.ts. */
export const DIFFERENT: Readonly<Record<string, { reports: readonly string[]; why: string }>> = {
  '1004': { reports: NAMED, why: 'a line over 1,023 bytes, a name over 127; a name in UTF-8' },
  '2001': { reports: ['-x'], why: 'no Swap lines: pmap -x prints no rows' },
  '2002': { reports: DETAIL, why: 'a key only in one record: pmap repeats it in all' },
  '2004': { reports: FLAGS, why: 'unknown flags: pmap cuts VmFlags there' },
  '2005': { reports: MEASURED, why: 'a Name line: pmap gives up' },
  '2006': { reports: FLAGS, why: 'unknown flags: pmap cuts VmFlags there' },
  '2009': { reports: NAMED, why: 'lines over 1,023 bytes, names over 127; names in UTF-8' },
  '2013': { reports: ALL, why: 'control characters in the title: pmap writes dots' },
  '2014': {
    reports: ['-x', ...MEASURED],
    why: 'records without Swap, or with other keys: pmap -X gives up',
  },
  '2015': { reports: ROWS, why: 'segments are recognized by device, not by path' },
  '2016': { reports: ALL, why: 'a command line over 131,071 bytes, control characters, UTF-8' },
  '2018': { reports: ['-x'], why: 'no Swap lines: pmap -x prints no rows' },
  '2019': { reports: ALL, why: 'a mapping is listed twice: pmap shows and adds both rows' },
  '2901': { reports: ALL, why: 'garbage lines: pmap repeats the row before, -X gives up' },
  '2902': {
    reports: ['-x', ...MEASURED],
    why: 'the last record is cut: pmap leaves it out, -X gives up',
  },
  '2903': { reports: ALL, why: 'a range that ends before it begins' },
  '2904': { reports: ALL, why: 'damaged headers: pmap repeats the row before, -X gives up' },
  '2905': { reports: ROWS, why: 'garbage: pmap prints uninitialised memory' },
};

/** Whether tsmap deliberately prints another report of a fixture than pmap. */
export function isDifferent(fixture: string, report: Report): boolean {
  return DIFFERENT[fixture]?.reports.includes(report.name) ?? false;
}

/** A fixture that cannot be read: its status 1 would be that of a run over several fixtures. */
const UNREADABLE = '2905';

/** Whether pmap and tsmap are to print the same of a fixture, among others in one run. */
export function isComparable(fixture: string, report: Report): boolean {
  return fixture !== UNREADABLE && !isDifferent(fixture, report);
}

/** The fixtures that can be laid over a process's files. */
export const FIXTURE_NAMES: readonly string[] = readdirSync(join(ROOT, FIXTURES))
  .filter((name) => !INCOMPLETE.includes(name))
  .sort();

const FILES: readonly ProcessFile[] = ['maps', 'smaps', 'stat', 'status', 'cmdline'];

/** A fixture as something to compare. */
export function fixtureInput(name: string): OracleInput {
  const path = (file: string) => join(ROOT, FIXTURES, name, file);
  const present = FILES.filter((file) => existsSync(path(file)));
  return {
    name,
    files: Object.fromEntries(present.map((file) => [file, readFileSync(path(file))])),
  };
}

/**
 * The text to compare: as printed, except that `-x -A` of pmap 4.0.2 counts memory below the range
 * in its totals of RSS and Dirty (deviation 1), which are masked.
 */
export function comparableText(stdout: Buffer, options: readonly string[]): string {
  const text = stdout.toString('latin1');
  const at = options.findIndex((option) => option.endsWith('A'));
  const hasLowBound = at >= 0 && !options[at + 1]?.startsWith(',');
  if (!hasLowBound || !options.includes('-x')) return text;
  return text.replace(/^(total kB +\d+) +\d+ +\d+$/m, '$1 (masked)');
}
