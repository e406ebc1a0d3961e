import { existsSync, readFileSync } from 'node:fs';
import type { RecordedSample } from '../../../src/recording/read/decode.ts';
import { openRecording } from '../../../src/recording/read/recording.ts';
import { FIXTURES, tsmap } from '../program.ts';
import { type Running, startTsmap } from '../running.ts';

/** Reads a whole recording: its header, its samples, and the codes of its problems. */
export async function readRecording(path: string) {
  const recording = await openRecording(path);
  const samples: RecordedSample[] = [];
  for await (const sample of recording.samples()) samples.push(sample);
  return {
    header: recording.header,
    samples,
    problems: recording.problems.map(({ code }) => code),
  };
}

/** The number of the moment of each sample. */
export function momentsOf({ samples }: { readonly samples: readonly RecordedSample[] }): number[] {
  return samples.map(({ moment }) => moment);
}

/** Records fixtures, which do not change. */
export async function recordFixtures(path: string, ...args: string[]) {
  const place = ['--proc-root', FIXTURES, '-o', path, '--interval', '20ms'];
  const result = await tsmap(['record', ...place, ...args]);
  return { ...result, stderr: withoutMissed(result.stderr) };
}

/** Starts a recording that goes on until it is ended. */
export function startRecording(path: string, args: readonly string[]): Running {
  return startTsmap(['record', '-o', path, ...args]);
}

/** How a recording ended, without messages about moments that a busy machine missed. */
export async function endOf(recording: Running) {
  const { status, signal, stderr } = await recording.ended;
  return { status, signal, stderr: withoutMissed(stderr) };
}

function withoutMissed(stderr: string): string {
  return stderr.replace(/^tsmap: \d+ moments? w.* missed: .*\n/gm, '');
}

/** The number of whole lines in a file; 0 if it does not exist. */
export function linesIn(path: string): number {
  return existsSync(path) ? readFileSync(path, 'latin1').split('\n').length - 1 : 0;
}
