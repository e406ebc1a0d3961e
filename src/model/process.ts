import type { ByteString } from './byte-string.ts';

/** What identifies a process at the moment it was read. Source: proc_pid_stat(5), proc_pid_cmdline(5). */
export interface ProcessHead {
  /** The process's own id (thread-group id), also where a thread's id was asked for. */
  readonly pid: number;
  /** The id that was asked for, and under which the files were read. */
  readonly askedPid: number;
  /** The name of the program, at most 15 bytes (64 for kernel workers). */
  readonly comm: ByteString;
  /** One letter: R running, S sleeping, T stopped, Z zombie ... */
  readonly state: string;
  /** Arguments, each with its closing NUL; empty for a kernel thread and a zombie. */
  readonly cmdline: ByteString;
  /** Address of the bottom of the stack, in bytes; 0 where the kernel hides it. */
  readonly startStack: number;
  /** When the process started, in clock ticks since boot: tells a reused pid apart. */
  readonly startTimeTicks: number;
}
