import { join } from 'node:path';
import { LABEL } from './labels.ts';
import type { Subject } from './subjects.ts';
import type { Surroundings } from './surroundings.ts';

/** A program that is measured. */
export interface Contestant {
  readonly label: string;
  readonly command: (subject: Subject) => readonly string[];
  /** Least number of lines of its output; with fewer it did not do what is measured. */
  readonly leastLines: (mappings: number) => number;
}

/** A line for each mapping. */
export const allLines = (mappings: number): number => mappings;
/** For programs that print nothing, or check their output themselves. */
export const noLines = (): number => 0;
/** A heading and something below it. */
export const someLines = (): number => 2;

/** The forms of tsmap. */
export function ours({ node, root }: Surroundings): Contestant[] {
  const program = [node, join(root, 'bin/tsmap.cjs')];
  return [
    byPid(LABEL.plain, allLines, program),
    byPid(LABEL.device, allLines, [...program, '-d']),
    byPid(LABEL.extended, allLines, [...program, '-x']),
    byPid(LABEL.kernel, allLines, [...program, '-X']),
    byPid('tsmap --format ndjson', allLines, [...program, '--format', 'ndjson']),
    byPid('tsmap --format csv', allLines, [...program, '--format', 'csv']),
    byPid('tsmap summary --totals-only', someLines, [...program, 'summary', '--totals-only']),
  ];
}

/** The lower bounds of any program: starting, and the time of the kernel. */
export function floors({ node, root }: Surroundings): Contestant[] {
  const bareReads = join(root, 'test/bench/programs/bare-reads.cjs');
  return [
    { label: LABEL.node, command: () => [node, '-e', '0'], leastLines: noLines },
    {
      label: 'cat smaps',
      command: ({ pid }) => ['cat', `/proc/${pid}/smaps`],
      leastLines: allLines,
    },
    byPid(LABEL.bareReads, noLines, [node, bareReads]),
  ];
}

/** Other ways to start tsmap: as one executable, and by other Nodes. */
export function starts({ binary, nodes }: Surroundings): Contestant[] {
  const executable = binary === undefined ? [] : [[binary.path, '-x']];
  return [
    ...executable.map((command) => byPid(LABEL.binary, allLines, command)),
    ...nodes.flatMap(({ path, version, program }): Contestant[] => [
      {
        label: `${LABEL.node}, ${version}`,
        command: () => [path, '-e', '0'],
        leastLines: noLines,
      },
      byPid(`${LABEL.extended}, ${version}`, allLines, [path, program, '-x']),
    ]),
  ];
}

/** A program whose last argument is the process id. */
export function byPid(
  label: string,
  leastLines: Contestant['leastLines'],
  command: readonly string[],
): Contestant {
  return { label, command: ({ pid }) => [...command, String(pid)], leastLines };
}
