import type { ByteString } from './byte-string.ts';

/** Who a process is, as read at one time. Source: proc_pid_stat(5), proc_pid_cmdline(5). */
export interface ProcessHead {
  /** The process's own id (thread-group id), even if the id of a thread was asked for. */
  readonly pid: number;
  /** The id that was asked for, and whose files were read. */
  readonly askedPid: number;
  /** The command name: at most 15 bytes, or 63 for kernel workers. */
  readonly comm: ByteString;
  /** The state as one letter: R running, S sleeping, T stopped, Z zombie ... */
  readonly state: string;
  /** The arguments, each with its closing NUL; empty for kernel threads and zombies. */
  readonly cmdline: ByteString;
  /** Address of the bottom of the stack in bytes; 0 if the kernel hides it. */
  readonly startStack: number;
  /** Start time in clock ticks since boot: distinguishes processes that had the same pid. */
  readonly startTimeTicks: number;
}
