import { EXIT, statusOf, statusOfAll } from '../../cli/exit-status.ts';
import { followFrom } from '../../cli/follow-arguments.ts';
import { listenForInterruption } from '../../cli/interruption.ts';
import { MissedTicks } from '../../cli/missed-ticks.ts';
import { complain } from '../../cli/output/stderr.ts';
import { problemText } from '../../cli/problem-text.ts';
import { rootOf } from '../../cli/source-arguments.ts';
import { systemClock } from '../../cli/system-clock.ts';
import type { VerbArguments, VerbModule } from '../../cli/verb.ts';
import { fromByteString } from '../../model/byte-string.ts';
import type { Problem } from '../../model/problem.ts';
import { UsageError } from '../../model/usage-error.ts';
import { Users } from '../../proc/process/users.ts';
import { type FileRequest, type OpenedFile, openFile, processesNow } from './open-file.ts';
import { RECORD_OPTIONS, type RecordOptions } from './options.ts';
import { recordProgress } from './progress.ts';
import { record } from './recorder.ts';

const DEFAULT_INTERVAL_MS = 10_000;

/** `tsmap record`: samples of processes to a file, to be looked at later. */
export const verb: VerbModule<typeof RECORD_OPTIONS> = { options: RECORD_OPTIONS, run };

async function run({ options, operands }: VerbArguments<typeof RECORD_OPTIONS>): Promise<number> {
  const request = requestOf(options, operands);
  const { problems } = request.follow.targets();
  if (processesNow(request).length === 0) return nothingToRecord(request, problems);
  return recordTo(await openFile(request), request, options);
}

function missedText(count: number): string {
  const moments = count === 1 ? '1 moment was' : `${count} moments were`;
  return `${moments} missed: reading takes longer than the interval`;
}

/** @throws UsageError, SystemError. */
function requestOf(options: RecordOptions, operands: readonly string[]): FileRequest {
  const { output: path, append, force, by, interval, maxSize } = options;
  const root = rootOf(options);
  const follow = followFrom(options, operands);
  if (path === undefined) throw new UsageError('record needs -o FILE, where it records to');
  if (path === '' || path === '-') throw new UsageError(`-o: '${path}' is no file`);
  if (append && force) throw new UsageError('--append contradicts --force');
  const mode = append ? 'continue' : force ? 'replace' : 'new';
  const intervalMs = interval ?? DEFAULT_INTERVAL_MS;
  return { path, mode, maxSize, detail: by ?? 'all', intervalMs, root, follow };
}

/** Nobody is there: no file is made. */
function nothingToRecord({ follow }: FileRequest, problems: readonly Problem[]): number {
  const missing = [...follow.listed].map((pid): Problem => {
    return { pid, code: 'no-such-process', message: 'no such process' };
  });
  for (const problem of [...problems, ...missing]) complain('tsmap', problemText(problem));
  if (missing.length === 0) complain('tsmap', 'no process matches');
  return statusOfAll(problems, EXIT.noSuchProcess);
}

async function recordTo(
  { file, lastMoment }: OpenedFile,
  { root, follow, detail, intervalMs }: FileRequest,
  { count, duration: durationMs, quiet }: RecordOptions,
): Promise<number> {
  const interruption = listenForInterruption();
  const say = (message: string) => progress.aside(() => complain('tsmap', message));
  const missed = new MissedTicks((number) => {
    if (!quiet) say(missedText(number));
  });
  let samples = 0;
  let momentMs = systemClock.monotonicMs();
  const facts = {
    samples: () => samples,
    bytes: () => file.writtenBytes,
    nextMs: () => momentMs + intervalMs - systemClock.monotonicMs(),
  };
  const progress = recordProgress(facts, quiet);
  let status: number = EXIT.ok;
  const counting = {
    beginMoment: () => {
      momentMs = systemClock.monotonicMs();
      file.beginMoment();
    },
    write: (line: Uint8Array) => {
      file.write(line);
      samples++;
    },
  };
  try {
    await record(
      {
        root,
        follow,
        detail,
        schedule: { intervalMs, count, durationMs },
        clock: systemClock,
        signal: interruption.signal,
        users: new Users(),
        file: counting,
        lastMoment,
      },
      {
        onProblem: (problem) => {
          status |= statusOf(problem.code);
          say(problemText(problem));
        },
        onEnded: ({ pid, comm }) => progress.note(`${pid} (${fromByteString(comm)}): ended`),
        onMissed: (number) => missed.add(number, systemClock.monotonicMs()),
        onMoment: () => progress.draw(),
      },
    );
  } finally {
    progress.end();
    missed.end();
    if (samples > 0) file.close();
    else file.discard();
  }
  return interruption.end(status);
}
