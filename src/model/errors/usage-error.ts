import { UserError } from './user-error.ts';

/**
 * How pmap answers a mistake, which differs from one to the next: with its usage, with a message, or
 * with both. tsmap under its own name always answers with one line.
 */
export type PmapAnswer = 'usage' | 'message' | 'both';

/** A mistake in the arguments: reported on stderr with status 1; nothing is printed on stdout. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
  readonly pmapAnswer: PmapAnswer;
  /** The text that the mistake is in, and where, if it can be pointed at. */
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
