import { runMap } from '../commands/map.ts';
import { ByteWriter } from '../format/byte-writer.ts';
import type { Problem } from '../model/problem.ts';
import { chooseStyle } from './color.ts';
import { EXIT, statusOf } from './exit-status.ts';
import { parseOptions } from './getopt.ts';
import { calledName, type Invocation, readInvocation } from './invocation.ts';
import { planMap } from './map-plan.ts';
import { checkExclusive, FINAL_OPTIONS, OPTIONS, type Options } from './options.ts';
import { sinkTo, WriteError } from './output.ts';
import { print } from './print.ts';
import { makeRcFile, wantsRcFile } from './rc-command.ts';
import { RcError } from './rc-file.ts';
import { complain, writeStderr } from './stderr.ts';
import { SystemError } from './system-check.ts';
import { UsageError } from './usage-error.ts';
import { findVerb, VERBS } from './verbs.ts';

const STDOUT = 1;

/** Runs the program and returns its exit status. */
export async function run(): Promise<number> {
  const name = calledName(process.argv);
  try {
    return await dispatch(readInvocation(process.argv, process.env));
  } catch (error) {
    if (error instanceof UsageError) await answer(name, error);
    else if (error instanceof RcError) complain(name, ...error.message.split('\n'));
    else if (error instanceof SystemError || error instanceof WriteError) {
      complain(name, error.message);
    } else throw error;
    return EXIT.failure;
  }
}

async function answer(
  name: Invocation['name'],
  { message, pmapAnswer }: UsageError,
): Promise<void> {
  if (name === 'tsmap') {
    complain(name, `${message}. Try 'tsmap --help'`);
    return;
  }
  if (pmapAnswer !== 'usage') complain(name, message);
  if (pmapAnswer !== 'message') writeStderr(`\n${await usageText(name)}`);
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
    print(await usageText(invocation.name));
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
  const { request, warnings, makeReport } = planMap(options, operands, invocation);
  complain(invocation.name, ...warnings);
  const writer = new ByteWriter(sinkTo(STDOUT));
  // Whoever calls pmap from a terminal may well be a script (procps's own tests are).
  const color = options.color ?? (invocation.name === 'pmap' ? 'never' : 'auto');
  const style = await chooseStyle(color);
  let status: number = EXIT.ok;
  runMap(request, {
    writer,
    report: makeReport(writer, style),
    onProblem: (problem) => {
      writer.flush();
      status |= statusOf(problem.code);
      complain(invocation.name, describe(problem));
    },
  });
  return status;
}

function describe({ pid, code, message }: Problem): string {
  const advice = code === 'permission-denied' ? ` (${permissionAdvice()})` : '';
  return `${pid}: ${message}${advice}`;
}

function permissionAdvice(): string {
  return process.geteuid?.() === 0
    ? 'even for root: a container, sandbox or security module forbids it'
    : 'try sudo';
}

declare const TSMAP_VERSION: string;

function versionText(name: string): string {
  return name === 'tsmap' ? `tsmap ${TSMAP_VERSION}\n` : `${name} from tsmap ${TSMAP_VERSION}\n`;
}
