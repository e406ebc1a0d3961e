import { EXIT, statusOfAll } from '../../cli/exit-status.ts';
import { followFrom } from '../../cli/follow-arguments.ts';
import { listenForInterruption } from '../../cli/interruption.ts';
import { noMatchTexts } from '../../cli/no-match.ts';
import { complain } from '../../cli/output/stderr.ts';
import { problemText } from '../../cli/problem-text.ts';
import { rootOf } from '../../cli/source-arguments.ts';
import { systemClock } from '../../cli/system-clock.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import { noSuchProcess, type Problem } from '../../model/errors/problem.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import { processExists } from '../../proc/process/process-file.ts';
import { Users } from '../../proc/process/users.ts';
import { CountedFile } from './counted-file.ts';
import { RecordDiagnostics } from './diagnostics.ts';
import type { FileRequest } from './file-request.ts';
import { type OpenedFile, openFile } from './open-file.ts';
import { RECORD_OPTIONS, type RecordOptions } from './options.ts';
import { recordProgress } from './progress.ts';
import { recordSamples } from './recorder.ts';

const DEFAULT_INTERVAL_MS = 10_000;
const INTERRUPTED =
  'interrupted before the first moment was whole: nothing was recorded, and the old file is as it was';

/** `tsmap record`: records samples of processes to a file. */
export const verb: VerbModule<typeof RECORD_OPTIONS> = { options: RECORD_OPTIONS, run };

async function run({
  options,
  operands,
  unclear,
}: VerbArguments<typeof RECORD_OPTIONS>): Promise<number> {
  const request = fileRequest(options, operands);
  const { pids, problems } = request.follow.targets();
  // Do not create a file if there is no process to record.
  if (!pids.some((pid) => processExists(request.root, pid)))
    return reportNoProcess(request, problems, options);
  if (unclear !== undefined) complain('tsmap', unclear);
  return recordTo(await openFile(request), request, options);
}

/** The recording that the command line asks for. @throws UsageError, SystemError. */
function fileRequest(options: RecordOptions, operands: readonly string[]): FileRequest {
  const { output: path, append, force, by, interval, maxSize: maxBytes } = options;
  const root = rootOf(options);
  const follow = followFrom(options, operands);
  if (path === undefined) throw new UsageError('record needs a file to write to: add -o FILE');
  if (path === '' || path === '-') throw new UsageError(`-o: '${path}' is not a file name`);
  if (append && force) throw new UsageError('--append contradicts --force');
  const mode = append ? 'continue' : force ? 'replace' : 'new';
  const intervalMs = interval ?? DEFAULT_INTERVAL_MS;
  return { path, mode, maxBytes, detail: by ?? 'all', intervalMs, root, follow };
}

/** Reports why there is no process to record, and returns the exit status. */
function reportNoProcess(
  { follow }: FileRequest,
  problems: readonly Problem[],
  options: RecordOptions,
): number {
  const missing = [...follow.listed].map(noSuchProcess);
  for (const problem of [...problems, ...missing]) complain('tsmap', problemText(problem));
  if (missing.length === 0) complain('tsmap', ...noMatchTexts(options));
  return statusOfAll(problems, EXIT.noSuchProcess);
}

async function recordTo(
  opened: OpenedFile,
  { path, root, follow, detail, intervalMs }: FileRequest,
  { count, duration: durationMs, quiet }: RecordOptions,
): Promise<number> {
  const interruption = listenForInterruption();
  const file = new CountedFile(opened.file, intervalMs, systemClock);
  const progress = recordProgress(file, quiet);
  const diagnostics = new RecordDiagnostics(progress, quiet, systemClock);
  const request = {
    root,
    follow,
    detail,
    schedule: { intervalMs, count, durationMs },
    clock: systemClock,
    signal: interruption.signal,
    users: new Users(),
    file,
    lastMoment: opened.lastMoment,
  };
  try {
    await recordSamples(request, diagnostics);
    if (file.isPending) progress.aside(() => complain('tsmap', `${path}: ${INTERRUPTED}`));
  } finally {
    diagnostics.end();
    progress.end();
    file.end();
  }
  return interruption.end(diagnostics.status);
}
