import type { TagSpecification } from '@aws-sdk/client-ec2';
import type { Call, Dependent, Operation } from '../../../wire/service.ts';
import { arnOf, requestTags } from '../permissions.ts';

type Operations = Record<string, Operation<never, unknown>>;

/**
 * The operations, each with what EC2 asks where tags are given to what it creates: `ec2:CreateTags` in that very call.
 * Source: EC2 User Guide, "Grant permission to tag Amazon EC2 resources during creation"; checked 2026-11-29.
 */
export function taggingOnCreation(operations: Operations): Operations {
  const judged = (operation: Operation<never, unknown>): Operation<never, unknown> => ({
    ...operation,
    dependents: (input, call) => [...(operation.dependents?.(input, call) ?? []), ...tagging(input, call)],
  });
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, judged(operation)]));
}

function tagging({ TagSpecifications }: { TagSpecifications?: TagSpecification[] }, call: Call): Dependent[] {
  const resources = (TagSpecifications ?? [])
    .filter(({ Tags }) => Tags?.length)
    .map((specification) => ({
      arn: arnOf(call, specification.ResourceType ?? '*'),
      keys: { ...requestTags([specification]), 'ec2:CreateAction': [call.operation] },
    }));
  return resources.length === 0 ? [] : [{ action: 'ec2:CreateTags', resources }];
}
