import type { ListStateMachinesInput, ListStateMachinesOutput } from '@aws-sdk/client-sfn';
import type { Operation } from '../../../wire/service.ts';
import { page } from './page.ts';
import type { World } from './world.ts';

export const listStateMachines = ({ registry }: World): Operation<ListStateMachinesInput, ListStateMachinesOutput> => ({
  run(input, { region }) {
    const sorted = registry.machines(region).sort((a, b) => (a.arn < b.arn ? -1 : 1));
    const { items, nextToken } = page(sorted, ({ arn }) => arn, input);
    const stateMachines = items.map(({ arn, name, creationDate }) => ({
      stateMachineArn: arn,
      name,
      type: 'STANDARD' as const,
      creationDate,
    }));
    return { stateMachines, ...(nextToken === undefined ? {} : { nextToken }) };
  },
});
