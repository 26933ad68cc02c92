import type { DescribeStacksInput, DescribeStacksOutput, Stack as ShownStack } from '@aws-sdk/client-cloudformation';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Stack, Stacks } from './stacks.ts';

/** DescribeStacks: one by its name or ARN, or all of the region. */
export const describeStacks = (stacks: Stacks): Operation<DescribeStacksInput, DescribeStacksOutput> => ({
  // Source: Service Authorization Reference, AWS CloudFormation: the stack where one is named; checked 2026-11-30.
  resources: ({ StackName }, { region, account }) => {
    if (StackName === undefined) return ['*'];
    const id = stacks.find(StackName, region)?.id ?? StackName;
    return [id.startsWith('arn:') ? id : `arn:aws:cloudformation:${region}:${account}:stack/${id}/*`];
  },
  run({ StackName }, { region }) {
    if (StackName === undefined) return { Stacks: stacks.in(region).map(shown) };
    const stack = stacks.find(StackName, region);
    if (!stack) throw new AwsError('ValidationError', `Stack with id ${StackName} does not exist`, { status: 400 });
    return { Stacks: [shown(stack)] };
  },
});

const shown = ({ name, id, outputs, createdAt, updatedAt }: Stack): ShownStack => ({
  StackName: name,
  StackId: id,
  CreationTime: createdAt,
  ...(updatedAt && { LastUpdatedTime: updatedAt }),
  StackStatus: updatedAt ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE',
  Outputs: outputs.map(({ key, value, description }) => ({
    OutputKey: key,
    OutputValue: value,
    ...(description !== undefined && { Description: description }),
  })),
});
