import { parsePids } from '../../cli/options/pid-operands.ts';
import { UsageError } from '../../model/usage-error.ts';
import { fileExists } from '../../proc/saved/file-exists.ts';
import { type PositionInRecording, parsePosition } from '../../recording/read/position.ts';
import { isRecording } from '../../recording/read/sniff.ts';
import type { DiffOptions } from './options.ts';

/** One side of a comparison as a command line names it. */
export type Side =
  | { readonly type: 'process'; readonly pid: number }
  /** A saved smaps; `-` is standard input. */
  | { readonly type: 'saved'; readonly file: string }
  | { readonly type: 'recording'; readonly file: string; readonly at: PositionInRecording };

/** What is compared: two sides, or a process with itself after a while. */
export type Sides =
  | { readonly type: 'two'; readonly before: Side; readonly after: Side }
  | { readonly type: 'later'; readonly pid: number; readonly afterMs: number };

/**
 * What the operands of `tsmap diff` mean. A number is a process and anything else a file (`./1234`);
 * what follows the last `@` is a moment unless the whole is the name of a file.
 *
 * @throws UsageError.
 */
export async function sidesOf(
  operands: readonly string[],
  { after: afterMs }: Pick<DiffOptions, 'after'>,
): Promise<Sides> {
  const [first, second, ...others] = operands;
  if (first === undefined) throw new UsageError('argument missing', 'usage');
  if (others.length > 0) {
    throw new UsageError(`two sides are compared, and ${operands.length} were given`);
  }
  if (afterMs !== undefined) return later(first, second, afterMs);
  if (second === undefined) return only(first);
  if (/^-(@|$)/.test(first) && /^-(@|$)/.test(second)) {
    throw new UsageError("'-' can be one side alone: standard input is read once");
  }
  return { type: 'two', before: await sideOf(first), after: await sideOf(second) };
}

async function later(first: string, second: string | undefined, afterMs: number): Promise<Sides> {
  if (second !== undefined) {
    throw new UsageError('--after compares one process with itself: give one process id');
  }
  const side = await sideOf(first);
  if (side.type === 'process') return { ...side, type: 'later', afterMs };
  throw new UsageError(`--after looks at a process twice, and '${first}' is a file`);
}

/** One operand alone: the first and the last moment of a recording. */
async function only(text: string): Promise<Sides> {
  const side = await sideOf(text);
  if (side.type === 'process') {
    throw new UsageError(
      `${text} is one side: --after 30s compares the process with itself, a second operand with that`,
    );
  }
  const name = text === '-' ? 'standard input' : `'${text}'`;
  if (side.type === 'saved') {
    throw new UsageError(`${name} is one side, and no recording: give the other one as well`);
  }
  if (side.file === '-') {
    throw new UsageError(`'${text}' is one moment of standard input: give the other side as well`);
  }
  if (side.file !== text) {
    throw new UsageError(`${name} is one moment: give the other one, such as '${side.file}@last'`);
  }
  return { type: 'two', before: { ...side, at: { type: 'first' } }, after: side };
}

async function sideOf(text: string): Promise<Side> {
  if (/^(\/proc\/)?(0[xX][0-9a-fA-F]+|[0-9]+)$/.test(text)) {
    return { type: 'process', pid: parsePids([text])[0] ?? 0 };
  }
  if (text === '-') return { type: 'saved', file: text };
  if (text.startsWith('-@')) return { type: 'recording', file: '-', at: positionOf(text.slice(2)) };
  const { file, moment } = fileExists(text) ? { file: text, moment: undefined } : splitAt(text);
  if (await isRecording(file)) return { type: 'recording', file, at: positionOf(moment) };
  if (moment === undefined) return { type: 'saved', file };
  throw new UsageError(`'${file}' is no recording: only those have moments such as '@${moment}'`);
}

function splitAt(text: string): { readonly file: string; readonly moment: string } {
  const at = text.lastIndexOf('@');
  const file = text.slice(0, Math.max(0, at));
  if (fileExists(file)) return { file, moment: text.slice(at + 1) };
  throw new UsageError(`'${text}' is neither a process id nor a file`);
}

function positionOf(moment: string | undefined): PositionInRecording {
  const position = moment === undefined ? ({ type: 'last' } as const) : parsePosition(moment);
  if (position !== undefined) return position;
  throw new UsageError(
    `'@${moment}' is no moment: first, last, a number from 1, or a time such as 2026-11-22T10:00`,
  );
}
