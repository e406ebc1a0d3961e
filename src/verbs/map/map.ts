import { EXIT, statusOf } from '../../cli/exit-status.ts';
import { complain } from '../../cli/output/stderr.ts';
import { print, stdoutStyle, stdoutWriter } from '../../cli/output/stdout.ts';
import { problemText, unreadableText } from '../../cli/problem-text.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import type { Problem } from '../../model/errors/problem.ts';
import { checkExclusive, MAP_OPTIONS } from './options.ts';
import { planMap } from './plan.ts';
import { runMap } from './print-maps.ts';
import { makeRcFile, wantsRcFile } from './rc-command.ts';

type MapCall = VerbArguments<typeof MAP_OPTIONS>;

/** `tsmap PID...`: the memory map, in pmap's layouts, as a table of chosen columns, or for programs. */
export const verb: VerbModule<typeof MAP_OPTIONS> = {
  options: MAP_OPTIONS,
  run: async (call) => {
    const { options, operands, invocation } = call;
    if (options.version) print(versionText(invocation.name));
    else {
      checkExclusive(options);
      if (!wantsRcFile(options)) return reportMaps(call);
      makeRcFile(options, operands, invocation);
    }
    return EXIT.ok;
  },
};

async function reportMaps({ invocation, options, operands }: MapCall): Promise<number> {
  if (options.columns === 'help') {
    const { columnsHelp } = await import('../../cli/options/columns-help.ts');
    print(columnsHelp());
    return EXIT.ok;
  }
  const { request, shape, problems, noMatch } = await planMap(options, operands, invocation);
  complain(invocation.name, ...shape.warnings);
  const writer = stdoutWriter();
  // Whoever calls pmap from a terminal may well be a script (procps's own tests are).
  const color = options.color ?? (invocation.name === 'pmap' ? 'never' : 'auto');
  const report = await shape.make(writer, await stdoutStyle(color));
  let status: number = EXIT.ok;
  const met: Problem[] = [];
  const onProblem = (problem: Problem) => {
    met.push(problem);
    writer.flush();
    status |= statusOf(problem.code);
    complain(invocation.name, problemText(problem));
  };
  problems.forEach(onProblem);
  if (noMatch) {
    complain(invocation.name, 'no process matches');
    status |= EXIT.noSuchProcess;
  }
  await runMap(request, { writer, report, onProblem });
  complain(invocation.name, ...unreadableText(met));
  return status;
}

declare const TSMAP_VERSION: string;

function versionText(name: string): string {
  return name === 'tsmap' ? `tsmap ${TSMAP_VERSION}\n` : `${name} from tsmap ${TSMAP_VERSION}\n`;
}
