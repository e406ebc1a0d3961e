import { catalogue } from '../columns/catalogue.ts';

/** What to say about a column that is not there, with a name that may have been meant. */
export function unknownColumn(name: string): string {
  const near = nearest(
    name.toLowerCase(),
    catalogue().map(({ id }) => id),
  );
  const shown = name.length > 40 ? `${name.slice(0, 40)}...` : name;
  return `unknown column '${shown}'${near === undefined ? '' : `; did you mean '${near}'?`}`;
}

/** The name that the fewest edits, at most two, lead to; the first of several. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = 3;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const edits = editDistance(name, candidate);
    // Two edits make any word of two letters out of another.
    if (edits < least && edits < candidate.length) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** How many letters have to be inserted, deleted or replaced to make one word of the other. */
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
