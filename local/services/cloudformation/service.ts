import type { Service } from '../../wire/service.ts';
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
      operations: { DescribeStacks: describeStacks(stacks) },
    },
    stacks,
  };
}
