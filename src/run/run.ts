import { EXIT, statusOf } from '../cli/exit-status.ts';
import { calledName, type Invocation, readInvocation } from '../cli/invocation.ts';
import { parseOptions } from '../cli/options/getopt.ts';
import { checkExclusive, FINAL_OPTIONS, OPTIONS, type Options } from '../cli/options/options.ts';
import { print } from '../cli/output/print.ts';
import { sinkTo } from '../cli/output/sink.ts';
import { complain, writeStderr } from '../cli/output/stderr.ts';
import { describe, unreadableText } from '../cli/problem-text.ts';
import { ByteWriter } from '../format/byte-writer.ts';
import type { Problem } from '../model/problem.ts';
import type { UsageError } from '../model/usage-error.ts';
import { chooseStyle } from '../terminal/color.ts';
import { planMap } from '../verbs/map/plan.ts';
import { runMap } from '../verbs/map/print-maps.ts';
import { makeRcFile, wantsRcFile } from '../verbs/map/rc-command.ts';
import { findVerb, VERBS } from './verbs.ts';

const STDOUT = 1;
/** Errors that are told as they are. */
const TOLD: ReadonlySet<string> = new Set(['RcError', 'SystemError', 'WriteError']);

/** Runs the program and returns its exit status. */
export async function run(): Promise<number> {
  const name = calledName(process.argv);
  try {
    return await dispatch(readInvocation(process.argv, process.env));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // By name, not by class: a verb is a bundle of its own, with its own copy of the classes.
    if (error.name === 'UsageError') await answer(name, error as UsageError);
    else if (TOLD.has(error.name)) complain(name, ...error.message.split('\n'));
    else throw error;
    return EXIT.failure;
  }
}

async function answer(
  name: Invocation['name'],
  { message, pmapAnswer, place }: UsageError,
): Promise<void> {
  if (name === 'tsmap') {
    const end = message.endsWith('?') ? '' : '.';
    const verb = process.argv[2] ?? '';
    const help = findVerb(verb) === undefined ? '--help' : `${verb} --help`;
    complain(name, `${message}${end} Try 'tsmap ${help}'`, ...(place ? pointAt(place) : []));
    return;
  }
  if (pmapAnswer !== 'usage') complain(name, message);
  if (pmapAnswer !== 'message') writeStderr(`\n${await usageText(name)}`);
}

/** A text and a caret below the place in it. */
function pointAt({ text, at }: { text: string; at: number }): string[] {
  return [`  ${text}`, `  ${' '.repeat(at)}^`];
}

async function usageText(name: string): Promise<string> {
  const { helpText } = await import('./help.ts');
  return helpText(name);
}

async function dispatch(invocation: Invocation): Promise<number> {
  // pmap has no verbs: called by its name the program takes a word for a wrong process id.
  const verb = invocation.name === 'tsmap' ? findVerb(invocation.args[0]) : undefined;
  if (verb === undefined) return dispatchMap(invocation);
  const args = invocation.args.slice(1);
  if (args.some((arg) => arg === '-h' || arg === '--help')) {
    const { verbHelpText } = await import('./help.ts');
    print(await verbHelpText(invocation.args[0] ?? '', verb));
    return EXIT.ok;
  }
  const { run } = await verb.load();
  return run({ ...invocation, args }, VERBS);
}

async function dispatchMap(invocation: Invocation): Promise<number> {
  const { values, order, operands } = parseOptions(OPTIONS, invocation.args, {
    posixlyCorrect: invocation.posixlyCorrect,
    final: FINAL_OPTIONS,
  });
  for (const option of order) {
    if (option === 'sunos') {
      complain(invocation.name, 'option -r is ignored as SunOS compatibility');
    }
  }
  if (values.help) print(await usageText(invocation.name));
  else if (values.version) print(versionText(invocation.name));
  else {
    checkExclusive(values);
    if (!wantsRcFile(values)) return reportMaps(invocation, values, operands);
    makeRcFile(values, operands, invocation);
  }
  return EXIT.ok;
}

async function reportMaps(
  invocation: Invocation,
  options: Options,
  operands: readonly string[],
): Promise<number> {
  if (options.columns === 'help') {
    const { columnsHelp } = await import('../cli/options/columns-help.ts');
    print(columnsHelp());
    return EXIT.ok;
  }
  const { request, shape, problems, noMatch } = await planMap(options, operands, invocation);
  complain(invocation.name, ...shape.warnings);
  const writer = new ByteWriter(sinkTo(STDOUT));
  // Whoever calls pmap from a terminal may well be a script (procps's own tests are).
  const color = options.color ?? (invocation.name === 'pmap' ? 'never' : 'auto');
  const report = await shape.make(writer, await chooseStyle(color));
  let status: number = EXIT.ok;
  const met: Problem[] = [];
  const onProblem = (problem: Problem) => {
    met.push(problem);
    writer.flush();
    status |= statusOf(problem.code);
    complain(invocation.name, describe(problem));
  };
  problems.forEach(onProblem);
  if (noMatch) {
    complain(invocation.name, 'no process matches');
    status |= EXIT.noSuchProcess;
  }
  runMap(request, { writer, report, onProblem });
  complain(invocation.name, ...unreadableText(met));
  return status;
}

declare const TSMAP_VERSION: string;

function versionText(name: string): string {
  return name === 'tsmap' ? `tsmap ${TSMAP_VERSION}\n` : `${name} from tsmap ${TSMAP_VERSION}\n`;
}
