/** Thrown for a filter that cannot be understood; `at` says where, for a caret below the text. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
  /** Offset into the filter's text, in UTF-16 units; its length where something is missing. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
