import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Jobs } from '../measure/jobs.ts';

/** A process that contestants read. */
export interface Subject {
  readonly pid: number;
  /** Its least number of mappings. */
  readonly mappings: number;
  /**
   * A directory with a `proc` that has only this process: for programs that cannot be limited to
   * one process.
   */
  readonly proc: string;
  end(): void;
}

/** Compiles a C program into a directory; returns the path of the executable. */
export async function compile(jobs: Jobs, source: string, directory: string): Promise<string> {
  const program = join(directory, source.replace(/^.*\/|\.c$/g, ''));
  const { status, stderr } = await jobs.run(['cc', '-O1', '-o', program, source]);
  if (status !== 0) throw new Error(`cc ${source}: ${stderr.trim()}`);
  return program;
}

/** Starts a process with this many mappings. */
export async function startSubject(
  jobs: Jobs,
  many: string,
  mappings: number,
  directory: string,
): Promise<Subject> {
  const { pid, end } = await jobs.startReady([many, String(mappings)]);
  const root = join(directory, String(pid));
  mkdirSync(join(root, 'proc'), { recursive: true });
  for (const name of [String(pid), 'meminfo', 'version']) {
    symlinkSync(join('/proc', name), join(root, 'proc', name));
  }
  return { pid, mappings, proc: root, end };
}
