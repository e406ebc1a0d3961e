import { fromByteString } from '../../model/byte-string.ts';
import type { Problem } from '../../model/errors/problem.ts';
import type { ReaderNotes } from './mapping-reader.ts';

const CHANGED =
  'its map changed while it was read (addresses went backwards), so the report may be inconsistent';

/**
 * The problems of a text that was read: its first line that is not in the kernel's format, an end in the
 * middle of a record, and, as a warning, that the map changed meanwhile. `place` begins the messages, e.g. `/proc/1/maps, `.
 */
export function textProblems(
  subject: Pick<Problem, 'pid' | 'subject'>,
  place: string,
  { malformed, malformedCount, wasCut, wentBackwards, remark }: ReaderNotes,
): Problem[] {
  const problems: Problem[] = [];
  if (malformed !== undefined) {
    const { line, expected, found } = malformed;
    const more = malformedCount - 1;
    const rest = more > 0 ? ` (and ${more} more such ${more === 1 ? 'line' : 'lines'})` : '';
    const text = fromByteString(found).replaceAll('\ufffd', '?');
    const what = `expected ${expected}, found '${text}'${rest}`;
    problems.push({ ...subject, code: 'malformed', message: `${place}line ${line}: ${what}` });
  }
  if (wasCut) {
    const message = `${place.replace(/, $/, ' ')}ends in the middle of a record`;
    problems.push({ ...subject, code: 'cut', message });
  }
  if (remark !== undefined) problems.push({ ...subject, code: 'remark', message: remark });
  if (wentBackwards) problems.push({ ...subject, code: 'changing', message: CHANGED });
  return problems;
}
