import { EXIT, statusOf } from '../cli/exit-status.ts';
import { calledName, type Invocation, readInvocation } from '../cli/invocation.ts';
import { parseOptions } from '../cli/options/getopt.ts';
import { complain, writeStderr } from '../cli/output/stderr.ts';
import { print } from '../cli/output/stdout.ts';
import { problemText } from '../cli/problem-text.ts';
import type { VerbModule } from '../cli/verb.ts';
import { ProblemError } from '../model/errors/problem.ts';
import { UsageError } from '../model/errors/usage-error.ts';
import { UserError } from '../model/errors/user-error.ts';
import { findVerb, REGISTRY } from './registry.ts';

/** Runs the program on the command line of this process and returns the exit status. */
export async function dispatch(): Promise<number> {
  const name = calledName(process.argv);
  try {
    return await runNamedVerb(readInvocation(process.argv, process.env, process.arch));
  } catch (error) {
    if (error instanceof ProblemError) {
      complain(name, problemText(error.problem));
      return statusOf(error.problem.code);
    }
    if (error instanceof UsageError) await answerUsageError(name, error);
    else if (error instanceof UserError) complain(name, ...error.message.split('\n'));
    else throw error;
    return EXIT.failure;
  }
}

/** Runs the verb that the first argument names, else the map. pmap has no verbs. */
async function runNamedVerb(invocation: Invocation): Promise<number> {
  const { name, args } = invocation;
  const word = args[0] ?? '';
  const verb = name === 'tsmap' ? findVerb(word) : undefined;
  if (verb === undefined) return runVerb(REGISTRY.map, invocation, () => mapHelp(name));
  const rest = { ...invocation, args: args.slice(1) };
  const module = await verb.load();
  const help = async () => (await import('../cli/help.ts')).verbHelp(word, verb, module.options);
  try {
    return await runVerb(module, rest, help);
  } catch (error) {
    const status = module.answerError?.(error, rest.args);
    if (status === undefined) throw error;
    return status;
  }
}

async function runVerb(
  verb: VerbModule,
  invocation: Invocation,
  help: () => Promise<string>,
): Promise<number> {
  const { name, args, posixlyCorrect } = invocation;
  const parsed = parseOptions(verb.options, args, { posixlyCorrect });
  const { values, order, operands, notices, unclear } = parsed;
  complain(name, ...notices);
  if (values['help'] !== true) {
    return verb.run({ invocation, options: values, order, unclear, operands, registry: REGISTRY });
  }
  print(await help());
  return EXIT.ok;
}

async function mapHelp(name: string): Promise<string> {
  return (await import('../cli/help.ts')).mapHelp(name, REGISTRY);
}

/** Prints what is wrong with a command line: as tsmap in one line, as pmap in the way of pmap. */
async function answerUsageError(
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
  if (pmapAnswer !== 'message') writeStderr(`\n${await mapHelp(name)}`);
}

/** A text, and below it a line with a caret that points at the place. */
function pointAt({ text, at }: { text: string; at: number }): string[] {
  return [`  ${text}`, `  ${' '.repeat(at)}^`];
}
