/**
 * An error that the user can do something about. Its message is printed unchanged on stderr, without a
 * stack trace, and the exit status is not 0. Any other error is a bug in the program.
 */
export abstract class UserError extends Error {}
