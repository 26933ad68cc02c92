import type { Verdict } from '../../../domain/gates/verdict.ts';

/** `state`: undefined while EC2 does not return it. */
export interface InstanceSight {
  id: string;
  state: string | undefined;
}

/** States that lead to "running", once it was launched or started. */
const STARTING: readonly (string | undefined)[] = ['pending', undefined];

/** What serves is asked later, by the load balancer or under the site's names: a boot says less. */
export function judgeInstance({ id, state }: InstanceSight): Verdict<Record<string, never>> {
  if (state === 'running') return { state: 'open', output: {}, message: `The instance "${id}" runs` };
  if (STARTING.includes(state)) return { state: 'closed', message: `Waiting until the instance "${id}" runs` };
  const message = `Cannot use the instance "${id}": it is "${state}", and not starting. See why (aws ec2 describe-instances --instance-ids ${id} --query "Reservations[].Instances[].StateReason"), then declare the site again`;
  return { state: 'failed', name: 'Misconfigured', message };
}
