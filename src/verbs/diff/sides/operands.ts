import { parsePids } from '../../../cli/options/pid-operands.ts';
import { UsageError } from '../../../model/errors/usage-error.ts';
import { fileExists } from '../../../proc/saved/file-exists.ts';
import { type PositionInRecording, parsePosition } from '../../../recording/read/position.ts';
import { isRecording } from '../../../recording/read/sniff.ts';
import type { DiffOptions } from '../options.ts';

/** One side of a comparison, as given on the command line. */
export type SideOperand =
  | { readonly type: 'process'; readonly pid: number }
  /** A saved smaps file; `-` is standard input. */
  | { readonly type: 'saved'; readonly file: string }
  | { readonly type: 'recording'; readonly file: string; readonly at: PositionInRecording };

/** What to compare: two sides, or a process with itself after a while. */
export type SideOperands =
  | { readonly type: 'two'; readonly before: SideOperand; readonly after: SideOperand }
  | { readonly type: 'later'; readonly pid: number; readonly afterMs: number };

/**
 * Parses the operands of `tsmap diff`. A number is a process, anything else is a file (`./1234`). The
 * part after the last `@` is a moment of a recording, unless a file with the whole name exists.
 *
 * @throws UsageError.
 */
export async function parseSides(
  operands: readonly string[],
  { after: afterMs }: Pick<DiffOptions, 'after'>,
): Promise<SideOperands> {
  const [first, second, ...others] = operands;
  if (first === undefined) throw new UsageError('argument missing', 'usage');
  if (others.length > 0) {
    throw new UsageError(`diff compares two sides, but ${operands.length} were given`);
  }
  if (afterMs !== undefined) return laterSide(first, second, afterMs);
  if (second === undefined) return bothEnds(first);
  if (/^-(@|$)/.test(first) && /^-(@|$)/.test(second)) {
    throw new UsageError("'-' can be only one of the sides: standard input can be read only once");
  }
  return { type: 'two', before: await parseSide(first), after: await parseSide(second) };
}

async function laterSide(
  first: string,
  second: string | undefined,
  afterMs: number,
): Promise<SideOperands> {
  if (second !== undefined) {
    throw new UsageError('--after compares a process with itself: give only one process id');
  }
  const side = await parseSide(first);
  if (side.type === 'process') return { ...side, type: 'later', afterMs };
  throw new UsageError(`--after compares a process with itself, but '${first}' is a file`);
}

/** A single operand must be a recording, whose first and last moments are compared. */
async function bothEnds(text: string): Promise<SideOperands> {
  const side = await parseSide(text);
  if (side.type === 'process') {
    throw new UsageError(
      `${text} is only one side: add the other one, or --after 30s to compare the process with itself`,
    );
  }
  const name = text === '-' ? 'standard input' : `'${text}'`;
  if (side.type === 'saved') {
    throw new UsageError(`${name} is only one side, not a recording: add the other one`);
  }
  if (side.file === '-') {
    throw new UsageError(`'${text}' is only one moment of standard input: add the other side`);
  }
  if (side.file !== text) {
    throw new UsageError(
      `${name} is only one moment: add the other one, such as '${side.file}@last'`,
    );
  }
  return { type: 'two', before: { ...side, at: { type: 'first' } }, after: side };
}

async function parseSide(text: string): Promise<SideOperand> {
  if (/^(\/proc\/)?(0[xX][0-9a-fA-F]+|[0-9]+)$/.test(text)) {
    return { type: 'process', pid: parsePids([text])[0] ?? 0 };
  }
  if (text === '-') return { type: 'saved', file: text };
  if (text.startsWith('-@')) return { type: 'recording', file: '-', at: positionOf(text.slice(2)) };
  const { file, moment } = fileExists(text) ? { file: text, moment: undefined } : splitAt(text);
  if (await isRecording(file)) return { type: 'recording', file, at: positionOf(moment) };
  if (moment === undefined) return { type: 'saved', file };
  throw new UsageError(`'${file}' is not a recording, so it has no moment '@${moment}'`);
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
    `'@${moment}' is not a moment (first, last, a number from 1, or a time such as 2026-11-22T10:00)`,
  );
}
