/** A mistake in a text that the user wrote: a filter, or the keys of a sort. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
  /** Offset of the mistake in UTF-16 units; the length of the text if something is missing. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
