import { EXIT, statusOf } from '../../cli/exit-status.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { complain } from '../../cli/output/stderr.ts';
import { print, stdoutStyle, stdoutWriter } from '../../cli/output/stdout.ts';
import { problemText, unreadableText } from '../../cli/problem-text.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { checkExclusive, MAP_OPTIONS, type MapOptions } from './options.ts';
import { type PreparedMap, prepareMap } from './prepare.ts';
import { printMaps } from './print-maps.ts';
import { createRequestedRcFile, createsRcFile } from './rc-options.ts';
import { refuseBesideCreation } from './refusals.ts';

/** `tsmap PID...`: the memory map, in pmap's layouts, as a table of chosen columns, or for programs. */
export const verb: VerbModule<typeof MAP_OPTIONS> = { options: MAP_OPTIONS, run };

async function run({
  invocation,
  options,
  order,
  operands,
}: VerbArguments<typeof MAP_OPTIONS>): Promise<number> {
  const { name } = invocation;
  if (options.version) {
    print(versionText(name));
    return EXIT.ok;
  }
  checkExclusive(options);
  if (createsRcFile(options)) {
    refuseBesideCreation(order);
    createRequestedRcFile(options, operands, invocation);
    return EXIT.ok;
  }
  if (options.columns === 'help') {
    const { columnsHelp } = await import('../../cli/options/columns-help.ts');
    print(columnsHelp());
    return EXIT.ok;
  }
  const prepared = await prepareMap(options, operands, invocation);
  // pmap has no colour, and scripts such as procps's own tests may call it on a terminal.
  const color = options.color ?? (name === 'pmap' ? 'never' : 'auto');
  return reportMaps(name, prepared, options, color);
}

async function reportMaps(
  name: Invocation['name'],
  { request, reports, problems, noMatch }: PreparedMap,
  options: MapOptions,
  color: Parameters<typeof stdoutStyle>[0],
): Promise<number> {
  complain(name, ...reports.warnings, ...(request.rows?.notices ?? []));
  const writer = stdoutWriter();
  const report = await reports.make(writer, await stdoutStyle(color));
  let status: number = EXIT.ok;
  const reported: Problem[] = [];
  const onProblem = (problem: Problem) => {
    reported.push(problem);
    // Keep stdout and stderr in order on a terminal.
    writer.flush();
    status |= statusOf(problem.code);
    complain(name, problemText(problem));
  };
  problems.forEach(onProblem);
  const hasAny = await printMaps(request, { writer, report, onProblem });
  // As if they had ended before they were looked up.
  if (noMatch || (!hasAny && reported.length === 0)) {
    const { noMatchTexts } = await import('../../cli/no-match.ts');
    complain(name, ...noMatchTexts(options));
    status |= EXIT.noSuchProcess;
  }
  complain(name, ...unreadableText(reported));
  return status;
}

declare const TSMAP_VERSION: string;

function versionText(name: Invocation['name']): string {
  return name === 'tsmap' ? `tsmap ${TSMAP_VERSION}\n` : `${name} from tsmap ${TSMAP_VERSION}\n`;
}
