/**
 * An error that the user can do something about. Its message is for the user and is printed as it is, on
 * stderr, without a stack; the exit status is not 0. Any other error is a defect of the program.
 */
export abstract class UserError extends Error {}
