import type { Problem } from '../../../model/errors/problem.ts';
import type { SideSample } from './pair-sides.ts';

/**
 * The remark that the kinds of two sides were decided by different rules, so that a mapping may have
 * changed its kind without a change in the process; undefined if they were not.
 */
export function kindRulesRemark(before: SideSample, after: SideSample): Problem | undefined {
  const [rulesBefore, rulesAfter] = [before.sample.kindRules, after.sample.kindRules];
  if (rulesBefore === rulesAfter) return undefined;
  return {
    pid: 0,
    subject: 'kinds',
    code: 'remark',
    message:
      `those of '${before.source}' are told ${basis(rulesBefore)}, those of '${after.source}' ` +
      `${basis(rulesAfter)}: the same memory may have another kind on each side`,
  };
}

function basis(rules: number | undefined): string {
  return rules === undefined ? 'by shape alone' : `by version ${rules} of the rules`;
}
