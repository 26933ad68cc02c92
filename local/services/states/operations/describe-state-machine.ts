import type {
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput,
  DescribeStateMachineInput,
  DescribeStateMachineOutput,
} from '@aws-sdk/client-sfn';
import type { Operation } from '../../../wire/service.ts';
import type { World } from './world.ts';

export const describeStateMachine = ({
  registry,
}: World): Operation<DescribeStateMachineInput, DescribeStateMachineOutput> => ({
  resources: ({ stateMachineArn = '*' }) => [stateMachineArn],
  run({ stateMachineArn = '' }) {
    const machine = registry.machine(stateMachineArn);
    const { definition, roleArn, revisionId } = machine.revision;
    return {
      stateMachineArn: machine.arn,
      name: machine.name,
      status: machine.status,
      definition: definition.text,
      roleArn,
      type: 'STANDARD',
      creationDate: machine.creationDate,
      loggingConfiguration: machine.logging,
      tracingConfiguration: machine.tracing,
      ...(revisionId === undefined ? {} : { revisionId }),
    };
  },
});

/** The revision that the execution runs, whatever has been updated since. */
export const describeStateMachineForExecution = ({
  registry,
}: World): Operation<DescribeStateMachineForExecutionInput, DescribeStateMachineForExecutionOutput> => ({
  resources: ({ executionArn = '*' }) => [executionArn],
  run({ executionArn = '' }) {
    const { revision } = registry.execution(executionArn);
    const machine = registry.findMachine(revision.stateMachineArn);
    return {
      stateMachineArn: revision.stateMachineArn,
      name: revision.stateMachineName,
      definition: revision.definition.text,
      roleArn: revision.roleArn,
      updateDate: revision.updateDate,
      ...(revision.revisionId === undefined ? {} : { revisionId: revision.revisionId }),
      ...(machine ? { loggingConfiguration: machine.logging, tracingConfiguration: machine.tracing } : {}),
    };
  },
});
