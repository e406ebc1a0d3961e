import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  endProcessesAfterwards,
  onlyWith,
  type Subject,
  startProgram,
} from '../../support/processes.ts';
import { commandFor, inTemporaryDirectory, runCommand } from '../../support/program.ts';
import { DOES, RECORDING } from '../../support/verbs/option-examples.ts';

endProcessesAfterwards();

let one: Subject;
let other: Subject;
beforeAll(async () => {
  one = await startProgram('odd');
  other = await startProgram('odd');
});

/** Who it is, before; and, where that matters, whether it still runs, after. */
const WHO = ['cmdline', 'stat', 'status'];
const STILL = [...WHO, 'stat'];

interface Case {
  readonly args: readonly string[];
  /** Files of the process, each as often as it is opened, in any order. */
  readonly files: readonly string[];
  /** Set if two processes are read: the files are those of the first. */
  readonly two?: true;
}

/**
 * mountinfo tells files from shared memory where names are shown. Kinds need smaps, and for each library its
 * headers, which are opened below root; that is left out here.
 */
const MAP: readonly Case[] = [
  { args: [], files: [...WHO, 'maps', 'mountinfo'] },
  { args: ['-d'], files: [...WHO, 'maps', 'mountinfo'] },
  { args: ['-p', '-q', '-A', '0,ffffffff'], files: [...WHO, 'maps'] },
  { args: ['-x'], files: [...WHO, 'mountinfo', 'smaps'] },
  { args: ['-X'], files: [...WHO, 'smaps'] },
  { args: ['-XX'], files: [...WHO, 'smaps'] },
  { args: ['--sort', '-size'], files: [...WHO, 'maps', 'mountinfo'] },
  { args: ['--filter', 'size>100K', '--top', '3'], files: [...WHO, 'maps'] },
  { args: ['-x', '--sort', '-rss'], files: [...WHO, 'mountinfo', 'smaps'] },
  { args: ['--filter', 'private_dirty>0'], files: [...WHO, 'mountinfo', 'smaps'] },
  { args: ['--columns', 'address,size'], files: [...WHO, 'maps'] },
  { args: ['--columns', 'address,size', '--json'], files: [...WHO, 'maps'] },
  { args: ['--columns', 'address,rss', '--format', 'csv'], files: [...WHO, 'smaps'] },
  { args: ['--group-by', 'mode', '--columns', 'size'], files: [...WHO, 'maps'] },
  { args: ['--total', '--columns', 'size'], files: [...WHO, 'maps'] },
  { args: ['--total', '--columns', 'rss', '--bytes'], files: [...WHO, 'smaps'] },
  { args: ['--human', '-d'], files: [...WHO, 'maps'] },
];

const SUMMARY: readonly Case[] = [
  { args: ['summary', '--totals-only'], files: [...WHO, 'smaps_rollup'] },
  { args: ['summary', '--totals-only', '--columns', 'rss'], files: [...WHO, 'smaps_rollup'] },
  { args: ['summary', '--total'], files: [...WHO, 'smaps'] },
  { args: ['summary', '--total', '--columns', 'rss'], files: [...WHO, 'smaps'] },
  { args: ['summary', '--total', '--columns', 'size,mappings'], files: [...WHO, 'maps'] },
  { args: ['summary', '--total', '--columns', 'peak,page_tables'], files: WHO },
  { args: ['summary', '--format', 'csv', '--columns', 'peak'], files: WHO },
  { args: ['summary', '--format', 'csv', '--columns', 'size'], files: [...WHO, 'maps'] },
  { args: ['summary', '--group-by', 'mode', '--columns', 'size'], files: [...WHO, 'maps'] },
  // A second look at stat finds processes that share an address space.
  { args: ['summary', '--columns', 'peak'], files: [...WHO, 'stat'], two: true },
  { args: ['summary', '--columns', 'size'], files: [...WHO, 'maps', 'stat'], two: true },
  { args: ['summary'], files: [...WHO, 'smaps', 'stat'], two: true },
];

const OVER_TIME: readonly Case[] = [
  { args: ['check', '--max-rss', '1T'], files: [...STILL, 'smaps_rollup'] },
  {
    args: ['check', '--max-rss', '1T', '--max-pss', '1T', '--max-peak', '1T'],
    files: [...STILL, 'smaps_rollup'],
  },
  { args: ['check', '--max-size', '1P', '--max-mappings', '999'], files: [...STILL, 'maps'] },
  {
    args: ['check', '--max-rss', '1T', '--max-size', '1P', '--json'],
    files: [...STILL, 'maps', 'smaps_rollup'],
  },
  { args: ['check', '--max-peak', '1T', '--max-rss-anon', '1T'], files: STILL },
  {
    args: ['check', '--quick', '--max-rss', '1T', '--max-swap', '1T', '--max-size', '1P'],
    files: STILL,
  },
  { args: ['check', '--quick', '--max-rss', '1T'], files: STILL, two: true },
  { args: ['watch', '--count', '1'], files: [...STILL, 'smaps_rollup'] },
  { args: ['watch', '--count', '1', '--columns', 'peak,rss_anon'], files: STILL },
  { args: ['watch', '--count', '1', '--quick', '--json'], files: STILL },
  // Totals are the kernel's own, so that choosing groups does not change them.
  {
    args: ['watch', '--count', '1', '--by', 'mapping'],
    files: [...STILL, 'smaps', 'smaps_rollup'],
  },
  { args: ['watch', '--count', '1'], files: [...STILL, 'smaps_rollup'], two: true },
  {
    args: ['diff', '--after', '1ms', '--columns', 'size'],
    files: [...STILL, 'maps', ...STILL, 'maps'],
  },
  {
    args: ['diff', '--after', '1ms', '--columns', 'rss'],
    files: [...STILL, 'smaps', ...STILL, 'smaps'],
  },
  { args: ['diff', '--columns', 'size'], files: [...STILL, 'maps'], two: true },
  { args: ['diff'], files: [...STILL, 'smaps'], two: true },
];

/** A header names the processes before the first moment is read. */
const RECORD: readonly Case[] = [
  { args: ['record', '--count', '1', '--by', 'total'], files: [...WHO, ...STILL, 'smaps_rollup'] },
  { args: ['record', '--count', '1'], files: [...WHO, ...STILL, 'mountinfo', 'smaps'] },
];

/** The files of a process that a run opens, as strace tells, without those of its libraries. */
async function filesOpened({ args, two }: Case): Promise<string[]> {
  return inTemporaryDirectory(async (directory) => {
    const log = join(directory, 'log');
    const output = args[0] === 'record' ? ['-q', '-o', join(directory, 'new.tsmap')] : [];
    const pids = [one.pid, ...(two ? [other.pid] : [])].map(String);
    const calls = ['strace', '-f', '-qq', '-o', log, '-e', 'trace=open,openat'];
    const run = await runCommand([...calls, ...commandFor([...args, ...output, ...pids])]);
    expect({ stderr: run.stderr, status: run.status }).toEqual({ stderr: '', status: 0 });
    const opened = readFileSync(log, 'latin1').matchAll(
      new RegExp(`"/proc/${one.pid}/([^"]*)"`, 'g'),
    );
    const files = [...opened].map(([, file = '']) => file);
    return files.filter((file) => !/^(root|map_files\/|exe$|pagemap$)/.test(file)).sort();
  });
}

describe.runIf(onlyWith('strace', 'which files are opened'))(
  'once, and only what it shows:',
  () => {
    const cases = [...MAP, ...SUMMARY, ...OVER_TIME, ...RECORD];
    test.each(
      cases.map((each) => ({ ...each, title: [...each.args, each.two ? 'P Q' : 'P'].join(' ') })),
    )('tsmap $title opens $files', async (each) => {
      expect(await filesOpened(each)).toEqual([...each.files].sort());
    });
  },
);

/** How often a file of one process may be opened by a run. */
function limitOf(verb: string, args: readonly string[], file: string): number {
  const numberAfter = (option: string) => Number(args[args.indexOf(option) + 1]);
  const count = args.includes('--count') ? numberAfter('--count') : 1;
  const readings = count * (args.some((arg) => /^--(after|(max|warn)-growth)$/.test(arg)) ? 2 : 1);
  const isFollowed = ['watch', 'check', 'diff', 'record'].includes(verb);
  const perReading = file === 'stat' && isFollowed ? 2 : 1;
  // A recording has a header that names its processes, and so has each part of a large one.
  const headers = args.includes('--max-size') ? count + 1 : 1;
  const before = verb === 'record' && WHO.includes(file) ? headers : 0;
  // stat and status tell processes that share an address space.
  const spaces = { stat: 1, status: 2 }[file] ?? 0;
  const looks = verb === 'record' ? readings + 2 : readings;
  const choice = args.flatMap((arg) => CHOOSING[arg] ?? []).includes(file) ? looks : 0;
  return readings * perReading + before + choice + (verb === 'summary' ? spaces : 0);
}

/**
 * The files by which processes are chosen. A kernel thread has its name in place of a command line, and a
 * name of 15 bytes may be cut: the command line has the rest of it.
 */
const CHOOSING: Readonly<Record<string, readonly string[]>> = {
  '--name': ['stat', 'cmdline'],
  '--full': ['stat', 'cmdline', 'status'],
  '--user': ['status'],
  '--children': ['stat'],
};

const cellsOf = (verb: string) =>
  Object.entries(DOES[verb] ?? {}).flatMap(([name, cell]) =>
    'file' in cell ? [] : [{ name, args: cell.with }],
  );

describe.runIf(onlyWith('strace', 'how often files are opened'))(
  'no file more often than it must:',
  () => {
    describe.each(Object.keys(DOES))('the verb %s', (verb) => {
      test.each(cellsOf(verb))('with $name', async ({ args }) => {
        await inTemporaryDirectory(async (directory) => {
          const log = join(directory, 'log');
          copyFileSync(RECORDING, join(directory, 'old'));
          writeFileSync(join(directory, 'rc'), '[Fields Display]\nRss\n');
          const own = args.map((arg) => arg.replace('DIR', directory));
          const calls = ['strace', '-f', '-qq', '-o', log, '-e', 'trace=open,openat'];
          await runCommand([...calls, ...commandFor(own)], { env: { HOME: directory } });
          const opened = readFileSync(log, 'latin1').matchAll(/"fixtures\/proc\/(\d+\/\w+)"/g);
          const counts = new Map<string, number>();
          for (const [, path = ''] of opened) counts.set(path, (counts.get(path) ?? 0) + 1);
          // Maps that change, are cut or say that they were read twice are read again.
          const tooOften = [...counts].filter(([path, count]) => {
            const [pid = '', file = ''] = path.split('/');
            // The doors to the libraries of a process, which are opened for each of them.
            if (file === 'root' || file === 'exe') return false;
            return !CHANGING.has(pid) && count > limitOf(verb, args, file);
          });
          expect(tooOften).toEqual([]);
        });
      });
    });
  },
);

/** Fixtures of maps that are damaged, so that they are read again. */
const CHANGING: ReadonlySet<string> = new Set(['2902', '2903', '2904', '2905']);
