import type { DeleteStateMachineInput } from '@aws-sdk/client-sfn';
import type { Operation } from '../../../wire/service.ts';
import { checkArn } from '../machines/names.ts';
import type { World } from './world.ts';

/** What is already gone is deleted well. Running executions end at their next transition. */
export const deleteStateMachine = ({ registry }: World): Operation<DeleteStateMachineInput, object> => ({
  resources: ({ stateMachineArn = '*' }) => [stateMachineArn],
  run({ stateMachineArn = '' }) {
    checkArn(stateMachineArn, 'stateMachine');
    const machine = registry.findMachine(stateMachineArn);
    if (machine) {
      machine.status = 'DELETING';
      registry.dropDeleted(machine);
    }
    return {};
  },
});
