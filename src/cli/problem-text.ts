import type { Problem } from '../model/problem.ts';

/** A problem as one line for people, with advice where there is any. */
export function describe({ pid, subject, code, message }: Problem): string {
  const advice = code === 'permission-denied' ? ` (${permissionAdvice()})` : '';
  return `${subject ?? pid}: ${message}${advice}`;
}

function permissionAdvice(): string {
  return process.geteuid?.() === 0
    ? 'even for root: a container, sandbox or security module forbids it'
    : 'try sudo';
}
