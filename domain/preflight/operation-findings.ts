import { WAIT_OR_CANCEL } from '../sites/life/advice.ts';
import type { PreflightFinding } from './finding.ts';

/** What runs for the site: until it ends no other operation begins, and what it still makes is not in the plan. */
export function operationFindings(
  domain: string,
  operation: { name: string; startedAt: string } | undefined,
): PreflightFinding[] {
  if (!operation) return [];
  const { name, startedAt } = operation;
  const message = `An operation ("${name}") has been running for "${domain}" since ${startedAt}, and changes what this plan was made from: this plan is refused until it ends. First ${WAIT_OR_CANCEL}; then plan again`;
  return [{ severity: 'error', check: 'operationRunning', message }];
}
