import stringWidth from 'string-width';

/** Longer texts are measured in pieces: the library's time grows with the square of the length. */
const PIECE_LENGTH = 500;

/**
 * The columns that any text takes on a terminal. Takes 30 ms to load: import it only for text that
 * `asciiWidth` cannot measure (see `loadWidthOf`).
 *
 * A command line may be megabytes long: the library alone took 20 s for one of 147 KB.
 */
export function unicodeWidth(text: string): number {
  let width = 0;
  for (let at = 0; at < text.length; ) {
    const end = endOfPiece(text, at + PIECE_LENGTH);
    width += stringWidth(text.slice(at, end));
    at = end;
  }
  return width;
}

/** Does not split a character that takes two UTF-16 units. */
function endOfPiece(text: string, end: number): number {
  const code = text.charCodeAt(end);
  return code >= 0xdc00 && code <= 0xdfff ? end + 1 : end;
}
