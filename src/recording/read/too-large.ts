/** Thrown when a line needs more memory than it may have; the caller knows which line it is. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}
