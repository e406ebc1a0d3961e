import { type Goal, meets } from './goals.ts';
import type { Results } from './results.ts';

/** The whole report as JSON: all figures with all values, and the goals. */
export function jsonReport(results: Results, goals: readonly Goal[]): string {
  const reached = goals.map((goal) => {
    const { what, bound, limit, unit } = goal;
    const measured = goal.measured(results);
    if (measured === undefined) return { what, bound, limit, unit, measured: null, met: null };
    return { what, bound, limit, unit, measured, met: meets(goal, measured) };
  });
  return `${JSON.stringify({ ...results, goals: reached }, undefined, 1)}\n`;
}
