import { type MapRequest, runMap } from '../commands/map.ts';
import { ByteWriter } from '../format/byte-writer.ts';
import { type PmapReport, pmapLayout } from '../format/pmap-layouts.ts';
import { StreamedReport } from '../format/streamed-report.ts';
import { visible } from '../format/visible.ts';
import { toByteString } from '../model/byte-string.ts';
import type { Problem } from '../model/problem.ts';
import { chooseStyle } from './color.ts';
import { EXIT, statusOf } from './exit-status.ts';
import { parseOptions } from './getopt.ts';
import { calledName, type Invocation, readInvocation } from './invocation.ts';
import { FINAL_OPTIONS, OPTIONS, type Options } from './options.ts';
import { sinkTo, WriteError } from './output.ts';
import { parsePids } from './pid.ts';
import { checkProcRoot, PROC, SystemError } from './system-check.ts';
import { UsageError } from './usage-error.ts';

const STDOUT = 1;
const STDERR = 2;

/** Runs the program and returns its exit status. */
export async function run(): Promise<number> {
  const name = calledName(process.argv);
  try {
    return await dispatch(readInvocation(process.argv, process.env));
  } catch (error) {
    if (error instanceof UsageError)
      return complain(name, `${error.message}. Try '${name} --help'`);
    if (error instanceof SystemError || error instanceof WriteError) {
      return complain(name, error.message);
    }
    throw error;
  }
}

async function dispatch(invocation: Invocation): Promise<number> {
  const { values, order, operands } = parseOptions(OPTIONS, invocation.args, {
    posixlyCorrect: invocation.posixlyCorrect,
    final: FINAL_OPTIONS,
  });
  const last = order.at(-1);
  if (last === 'help') {
    const { helpText } = await import('./help.ts');
    return print(helpText(invocation.name));
  }
  if (last === 'version') return print(versionText(invocation.name));
  return reportMaps(invocation, values, operands);
}

async function reportMaps(
  invocation: Invocation,
  options: Options,
  operands: readonly string[],
): Promise<number> {
  if (options.extended && options.device) {
    throw new UsageError('options -d, -x are mutually exclusive', { showsUsage: false });
  }
  if (operands.length === 0) throw new UsageError('no process id given');
  const request: MapRequest = {
    root: options.procRoot ?? PROC,
    pids: parsePids(operands),
    showPath: options.showPath,
    useKernelName: options.useKernelName,
    range: options.range,
  };
  if (request.pids.length === 0) throw new UsageError('none of the arguments is a process id');
  checkProcRoot(request.root, process.platform);
  const writer = new ByteWriter(sinkTo(STDOUT));
  const style = await chooseStyle(options.color);
  const layout = pmapLayout(options.layout ?? invocation.layout, kindOf(options), addressWidth());
  let status: number = EXIT.ok;
  runMap(request, {
    writer,
    report: new StreamedReport(layout, { writer, style, quiet: options.quiet }),
    onProblem: (problem) => {
      writer.flush();
      status |= statusOf(problem.code);
      complain(invocation.name, describe(problem));
    },
  });
  return status;
}

function kindOf({ extended, device }: Options): PmapReport {
  if (extended) return 'extended';
  return device ? 'device' : 'default';
}

/** pmap prints narrower addresses on systems whose own addresses are. */
function addressWidth(): number {
  return process.arch === 'arm' || process.arch === 'ia32' ? 8 : 16;
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

function print(text: string): number {
  sinkTo(STDOUT)(Buffer.from(text));
  return EXIT.ok;
}

/** Says one line on stderr; what came from outside in it cannot reach into the terminal. */
function complain(name: string, message: string): number {
  sinkTo(STDERR)(Buffer.from(`${name}: ${visible(toByteString(message), true)}\n`, 'latin1'));
  return EXIT.failure;
}
