/** File descriptors of the standard streams. Source: stdin(3). */
export const STDIN_FD = 0;
export const STDOUT_FD = 1;
export const STDERR_FD = 2;
