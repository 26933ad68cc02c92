import type { PlanView } from './view.ts';

/** Whether the site would stop: something foreign is in the way, or a check found an error. */
export function stops({ changes, findings }: Pick<PlanView, 'changes' | 'findings'>): boolean {
  return changes.some(({ verb }) => verb === 'conflict') || findings.some(({ severity }) => severity === 'error');
}
