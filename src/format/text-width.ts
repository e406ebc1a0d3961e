import stringWidth from 'string-width';

/** What needs no library to measure: one column for each character. */
const PLAIN = /^[\x20-\x7e]*$/;
/** A text is measured in pieces: the library's time grows with the square of its length. */
const PIECE_LENGTH = 500;

/**
 * How many columns a text takes on a terminal. A command line may be megabytes long: the library
 * alone took more than 20 s for one of 147 KB.
 */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (let at = 0; at < text.length; ) {
    const end = endOfPiece(text, at + PIECE_LENGTH);
    width += stringWidth(text.slice(at, end));
    at = end;
  }
  return width;
}

/** Not between the two halves of a character. */
function endOfPiece(text: string, end: number): number {
  const code = text.charCodeAt(end);
  return code >= 0xdc00 && code <= 0xdfff ? end + 1 : end;
}
