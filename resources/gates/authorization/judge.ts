import type { Verdict } from '../../../domain/gates/verdict.ts';
import type { SeenCaa } from '../../../domain/preflight/authorization-findings.ts';
import { authorizationProblem } from '../../../domain/zones/authorization.ts';

/** Whether ACM may issue for these names: a refused request can't be mended (failures A5). */
export function judgeAuthorization(seen: readonly SeenCaa[]): Verdict<Record<string, never>> {
  if (seen.length === 0)
    return { state: 'open', output: {}, message: 'Skipped the check of CAA: no certificate is requested' };
  const unknown = seen.flatMap((one) =>
    'failure' in one ? [`Cannot check CAA for "${one.name}" now: ${one.failure}`] : [],
  );
  if (unknown.length > 0) return { state: 'closed', message: unknown.join('. ') };
  const forbidden = forbiddenIn(seen);
  if (forbidden.length > 0) return { state: 'failed', name: 'Misconfigured', message: forbidden.join('. ') };
  return {
    state: 'open',
    output: {},
    message: `CAA lets ACM issue for ${seen.map(({ name }) => `"${name}"`).join(', ')}`,
  };
}

/** Why ACM may not issue, each reason once; nothing of names that could not be asked about. */
export function forbiddenIn(seen: readonly SeenCaa[]): string[] {
  return [...new Set(seen.flatMap((one) => ('set' in one ? (authorizationProblem(one.name, one.set) ?? []) : [])))];
}
