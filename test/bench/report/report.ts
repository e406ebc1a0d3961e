import { figure, grouped, withSpread } from './figures.ts';
import { type Goal, type GoalUnit, meets } from './goals.ts';
import type { Group, LibraryGroup, Machine, Results } from './results.ts';
import { markdownTable } from './table.ts';

const KIB_PER_MIB = 1024;
const BYTES_PER_MIB = 1 << 20;
const EXPLANATION = `Medians ± half of the distance between the quartiles, of runs in turns after a warm-up; \
whole processes, output to /dev/null, NODE_EXTRA_CA_CERTS not set.`;

/** The whole report as Markdown. */
export function markdownReport(results: Results, goals: readonly Goal[]): string {
  return [
    `${machineLine(results.machine)}\n${EXPLANATION}\n`,
    ...results.notes.map((note) => `${note}\n`),
    goalTable(results, goals),
    ...results.groups.map(groupSection),
    ...(results.library === undefined ? [] : [librarySection(results.library)]),
    ...binaryLine(results.binaryBytes),
  ].join('\n');
}

function machineLine({ cpu, cores, kernel, node, pmap, date, load }: Machine): string {
  const system = `${cpu}, ${cores} cores, Linux ${kernel}, Node ${node}, ${pmap}`;
  return `${system}; ${date}, load ${load.toFixed(2)} at the start.`;
}

function goalTable(results: Results, goals: readonly Goal[]): string {
  const headings = [
    { title: 'Number to reach' },
    { title: 'Goal', figures: true },
    { title: 'Measured', figures: true },
    { title: '' },
  ];
  const rows = goals.map((goal) => {
    const { what, bound, limit, unit, measured } = goal;
    const value = measured(results);
    const reached = value === undefined ? 'not measured' : meets(goal, value) ? 'met' : 'NOT met';
    const shown = value === undefined ? '-' : inUnit(figure(value), unit);
    return [what, `${bound} ${inUnit(String(limit), unit)}`, shown, reached];
  });
  return markdownTable(headings, rows);
}

function inUnit(value: string, unit: GoalUnit): string {
  return unit === '' ? value : `${value} ${unit}`;
}

function groupSection({ wanted, mappings, rounds, rows, missing }: Group): string {
  const size = mappings === wanted ? '' : ` (in place of ${grouped(wanted)})`;
  const headings = [
    { title: `${grouped(mappings)} mappings${size}` },
    { title: 'wall ms', figures: true },
    { title: 'user ms', figures: true },
    { title: 'system ms', figures: true },
    { title: 'peak MiB', figures: true },
  ];
  const lines = rows.map((row) => [
    row.label,
    withSpread(row.wallMs),
    withSpread(row.userMs),
    withSpread(row.systemMs),
    withSpread(row.peakKib, KIB_PER_MIB),
  ]);
  const absent = missing.map(({ label, reason }) => `Missing: ${label}: ${reason}.\n`);
  return [`${rounds} rounds:\n`, markdownTable(headings, lines), ...absent].join('\n');
}

function librarySection({ mappings, rounds, rows }: LibraryGroup): string {
  const headings = [
    { title: `The library, ${grouped(mappings)} mappings` },
    { title: 'first call ms', figures: true },
    { title: 'later calls ms', figures: true },
  ];
  const lines = rows.map(({ label, firstMs, laterMs }) => [
    label,
    withSpread(firstMs),
    withSpread(laterMs),
  ]);
  return `${rounds} processes each:\n\n${markdownTable(headings, lines)}`;
}

function binaryLine(bytes: number | undefined): string[] {
  if (bytes === undefined) return [];
  return [`The self-contained executable: ${figure(bytes / BYTES_PER_MIB)} MiB.\n`];
}
