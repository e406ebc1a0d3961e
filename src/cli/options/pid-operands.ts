import { UsageError } from '../../model/errors/usage-error.ts';

const HIGHEST_PID = 0x7fffffff;
const NUMBER = /^(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/;

/**
 * Parses operands that are process ids: decimal, hexadecimal (`0x1f`) or octal (`017`) numbers, or
 * `/proc/PID`. Other paths below /proc are skipped, so that `/proc/*` works.
 *
 * @throws UsageError for anything else.
 */
export function parsePids(operands: readonly string[]): number[] {
  return operands.flatMap((operand) => {
    const isInProc = operand.startsWith('/proc/');
    const text = isInProc ? operand.slice('/proc/'.length) : operand;
    return isInProc && !/^[0-9]/.test(text) ? [] : [parsePid(text, operand)];
  });
}

function parsePid(text: string, operand: string): number {
  const octal = /^0[0-7]+$/.test(text);
  const pid = NUMBER.test(text) ? Number(octal ? `0o${text}` : text) : Number.NaN;
  if (pid >= 1 && pid <= HIGHEST_PID) return pid;
  throw new UsageError(
    `'${operand}' is not a process id (a number from 1 to ${HIGHEST_PID})`,
    'usage',
  );
}
