import type { Problem } from '../model/errors/problem.ts';

/** A last message with the number of unreadable processes, if there were several. */
export function unreadableText(problems: readonly Problem[]): string[] {
  const count = problems.filter(({ code }) => code === 'permission-denied').length;
  return count > 1 ? [`${count} processes could not be read`] : [];
}

/** A problem as one line of text, with advice if there is any. */
export function problemText({ pid, subject, code, message }: Problem): string {
  const advice = code === 'permission-denied' ? ` (${permissionAdvice()})` : '';
  return `${subject ?? pid}: ${message}${advice}`;
}

function permissionAdvice(): string {
  return process.geteuid?.() === 0
    ? 'even for root: a container, sandbox or security module forbids it'
    : 'try sudo';
}
