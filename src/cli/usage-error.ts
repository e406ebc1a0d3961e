/**
 * How pmap answers a mistake, which differs from one to the next: with its usage, with a message, or
 * with both. tsmap under its own name always answers with one line.
 */
export type PmapAnswer = 'usage' | 'message' | 'both';

/** A mistake in the arguments: told on stderr, nothing is printed on stdout, status 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly pmapAnswer: PmapAnswer;

  constructor(message: string, pmapAnswer: PmapAnswer = 'both') {
    super(message);
    this.pmapAnswer = pmapAnswer;
  }
}
