import { UserError } from './user-error.ts';

/**
 * How pmap reports a mistake: depending on the mistake, with its usage, a message, or both. Called as
 * `tsmap`, the program always reports one line.
 */
export type PmapAnswer = 'usage' | 'message' | 'both';

/** A mistake in the arguments: reported on stderr with status 1; nothing is printed on stdout. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
  readonly pmapAnswer: PmapAnswer;
  /** The text that contains the mistake, and the offset of the mistake; undefined if not known. */
  readonly place: { readonly text: string; readonly at: number } | undefined;

  constructor(
    message: string,
    pmapAnswer: PmapAnswer = 'both',
    place?: { readonly text: string; readonly at: number },
  ) {
    super(message);
    this.pmapAnswer = pmapAnswer;
    this.place = place;
  }
}

/** The error for a mistake at an offset in the text that an option was given. */
export function mistakeIn(
  option: string,
  text: string,
  { message, at }: { readonly message: string; readonly at: number },
): UsageError {
  return new UsageError(`${option}: ${message}`, 'both', { text, at });
}
