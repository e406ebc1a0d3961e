import { catalogue } from '../columns/catalogue.ts';
import { findFigure } from '../columns/figures.ts';

/** The message for a name that is not a column; suggests a similar one, or says where it is one. */
export function unknownColumn(name: string): string {
  if (findFigure(name) !== undefined) {
    return `'${name}' is a figure of a whole process, which summary, watch and check have`;
  }
  const near = nearest(
    name.toLowerCase(),
    catalogue().map(({ id }) => id),
  );
  const shown = name.length > 40 ? `${name.slice(0, 40)}...` : name;
  return `unknown column '${shown}'${near === undefined ? '' : `; did you mean '${near}'?`}`;
}

/** The known name with the fewest edits from `name`, at most two; the first of several. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = 3;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const edits = editDistance(name, candidate);
    // Two edits turn any word of two letters into any other.
    if (edits < least && edits < candidate.length) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** The number of letters to insert, delete or replace that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
