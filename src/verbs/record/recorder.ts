import type { Detail } from '../../model/detail.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { SampleFrame } from '../../model/sample.ts';
import type { Users } from '../../proc/process/users.ts';
import { SampleEncoder } from '../../recording/write/encode.ts';
import type { RecordingFile } from '../../recording/write/file-writer.ts';
import type { Clock } from '../../sources/clock.ts';
import { Follower, type FollowRequest } from '../../sources/follower.ts';
import { readSample } from '../../sources/live/sampler.ts';
import { type Schedule, ticks } from '../../sources/ticker.ts';

/** What to record, when, and where to. */
export interface RecordRequest {
  readonly root: string;
  readonly follow: FollowRequest;
  readonly detail: Detail;
  readonly schedule: Schedule;
  readonly clock: Clock;
  /** Ends the recording. */
  readonly signal: AbortSignal;
  readonly users: Users;
  readonly file: Pick<RecordingFile, 'beginMoment' | 'write' | 'endMoment'>;
  /** The number of the last moment in the file; numbers continue from it. */
  readonly lastMoment: number;
}

/** Receives what happens during a recording. */
export interface RecordListener {
  onProblem(problem: Problem): void;
  onEnded(head: ProcessHead): void;
  /** Ticks were missed because reading took too long. */
  onMissed(count: number): void;
  /** A moment was recorded: one sample of each process. */
  onMoment(): void;
}

/**
 * Records until the schedule is over or all processes have ended.
 *
 * A sample is written only once it was read completely: a process that ends meanwhile leaves no line.
 *
 * @throws RecordingWriteError.
 */
export async function recordSamples(
  request: RecordRequest,
  listener: RecordListener,
): Promise<void> {
  const recorder = new Recorder(request, listener);
  for await (const { missed } of ticks(request.schedule, request.clock, request.signal)) {
    if (missed > 0) listener.onMissed(missed);
    await recorder.tick();
    if (recorder.isOver) break;
  }
}

class Recorder {
  #samples = 0;
  readonly #request: RecordRequest;
  readonly #listener: RecordListener;
  readonly #encoder = new SampleEncoder();
  readonly #follower: Follower<SampleFrame>;
  #moment: number;

  constructor(request: RecordRequest, listener: RecordListener) {
    const { root, detail, clock, follow } = request;
    const onProblem = (problem: Problem) => listener.onProblem(problem);
    const epochMs = () => clock.epochMs();
    this.#request = request;
    this.#listener = listener;
    this.#moment = request.lastMoment;
    this.#follower = new Follower(follow, (pid) =>
      readSample({ root, pid, detail, epochMs, onProblem }, this.#encoder),
    );
  }

  /** Whether no process is left, or there was none in the first place. */
  get isOver(): boolean {
    return this.#follower.isOver || this.#samples === 0;
  }

  async tick(): Promise<void> {
    const before = this.#samples;
    for (const event of this.#follower.tick()) {
      if (this.#request.signal.aborted) return;
      if (event.type === 'problem') this.#listener.onProblem(event.problem);
      else if (event.type === 'ended') this.#listener.onEnded(event.head);
      else this.#write(event.sample, this.#samples === before);
      // Let signal handlers run between two processes.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.#samples === before) return;
    this.#request.file.endMoment();
    this.#listener.onMoment();
  }

  #write({ uid }: SampleFrame, isFirst: boolean): void {
    const { file } = this.#request;
    if (isFirst) {
      this.#moment++;
      file.beginMoment();
    }
    const user = uid === undefined ? undefined : this.#request.users.userName(uid);
    file.write(this.#encoder.end(this.#moment, user));
    this.#samples++;
  }
}
