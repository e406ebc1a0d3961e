import type { WidthOf } from './plain-table.ts';

const ELLIPSIS = '…';

/** Shortens a text from the left: the end of a path says more than its beginning. */
export function shortenLeft(text: string, width: number, widthOf: WidthOf): string {
  if (widthOf(text) <= width) return text;
  const characters = Array.from(text);
  let kept = '';
  for (const character of characters.reverse()) {
    if (widthOf(character + kept) > width - 1) break;
    kept = character + kept;
  }
  return width < 1 ? '' : ELLIPSIS + kept;
}
