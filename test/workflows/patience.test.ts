import { expect, test } from '@jest/globals';
import { RELEASE_LATE } from '../../local/services/acm/delays.ts';
import { deployed } from '../support/asl.ts';

interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  BackoffRate: number;
  MaxDelaySeconds: number;
  MaxAttempts: number;
}

/** How long a step goes on while it says "NotReady", in seconds. */
function patienceOf(workflow: string, state: string): number {
  let retriers: Retrier[] = [];
  JSON.parse(deployed(workflow), (key, value) => {
    if (key === state) retriers = value.Retry;
    return value;
  });
  const retrier = retriers.find(({ ErrorEquals }) => ErrorEquals.includes('NotReady'));
  if (!retrier) throw new Error(`"${state}" of "${workflow}" does not wait`);
  const waits = Array.from({ length: retrier.MaxAttempts }, (_, attempt) =>
    Math.min(retrier.IntervalSeconds * retrier.BackoffRate ** attempt, retrier.MaxDelaySeconds),
  );
  return waits.reduce((sum, seconds) => sum + seconds, 0);
}

/** How long AWS may take, in seconds. Source: failures A19 and L12. */
test.each([
  ['RemoveCertificates', 'A19: until ACM notices that nothing serves a certificate', RELEASE_LATE.max + 600],
  ['RemoveSecurityGroups', 'L12: until the interfaces of a deleted load balancer are gone', 900],
  ['RemoveTargetGroups', 'L12: until ELB notices that nothing forwards to a target group', 900],
])('%s waits long enough in every workflow (%s)', (state, _, seconds) => {
  for (const workflow of ['Onboard', 'Undo']) expect(patienceOf(workflow, state)).toBeGreaterThan(seconds);
});
