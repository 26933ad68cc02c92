import type { Service } from '../../wire/service.ts';
import constraints from './constraints.json' with { type: 'json' };
import { describeStacks } from './describe-stacks.ts';
import { Stacks } from './stacks.ts';

/** CloudFormation: what was deployed, to be looked up. Stacks are made by the assembly that the local AWS boots from. */
export function createCloudFormation(): { service: Service; stacks: Stacks } {
  const stacks = new Stacks();
  return {
    service: {
      name: 'cloudformation',
      protocol: 'awsQuery',
      model: () => import('@aws-sdk/client-cloudformation'),
      // Of names the model says nothing; the pattern is what AWS answers, as issue 505 of coreos/coreos-kubernetes shows; checked 2026-11-30.
      constraints,
      operations: { DescribeStacks: describeStacks(stacks) },
    },
    stacks,
  };
}
