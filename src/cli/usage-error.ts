/** A mistake in the arguments: told in one line, nothing is printed on stdout, status 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** pmap answers most mistakes with its usage, and some with the message alone. */
  readonly showsUsage: boolean;

  constructor(message: string, { showsUsage = true } = {}) {
    super(message);
    this.showsUsage = showsUsage;
  }
}
