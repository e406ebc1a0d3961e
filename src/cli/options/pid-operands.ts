import { UsageError } from '../../model/errors/usage-error.ts';
import { isFile } from '../../proc/saved/file-exists.ts';

const HIGHEST_PID = 0x7fffffff;
const NUMBER = /^(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/;

/**
 * Parses operands that are process ids: decimal, hexadecimal (`0x1f`) or octal (`017`) numbers, or
 * `/proc/PID`. Other paths below /proc are skipped, so that `/proc/*` works.
 *
 * @throws UsageError for anything else; if it is a file, with advice, which depends on whether the verb reads
 *   files (`readsFiles`).
 */
export function parsePids(operands: readonly string[], { readsFiles = false } = {}): number[] {
  return operands.flatMap((operand) => {
    const isInProc = operand.startsWith('/proc/');
    const text = isInProc ? operand.slice('/proc/'.length) : operand;
    return isInProc && !/^[0-9]/.test(text) ? [] : [parsePid(text, operand, readsFiles)];
  });
}

function parsePid(text: string, operand: string, readsFiles: boolean): number {
  const octal = /^0[0-7]+$/.test(text);
  const pid = NUMBER.test(text) ? Number(octal ? `0o${text}` : text) : Number.NaN;
  if (pid >= 1 && pid <= HIGHEST_PID) return pid;
  const range = `(a number from 1 to ${HIGHEST_PID})`;
  throw new UsageError(
    `'${operand}' is not a process id ${range}${adviceFor(operand, readsFiles)}`,
    'usage',
  );
}

/** What to do about an operand that is a file. Its name is quoted for a shell, if that is simple. */
function adviceFor(operand: string, readsFiles: boolean): string {
  if (!isFile(operand)) return '';
  if (!readsFiles) return "; 'tsmap --from FILE' reads saved files";
  const word = /^[\w./+:@%-]+$/.test(operand) ? operand : 'FILE';
  return `; to read the file: --from ${word}`;
}
