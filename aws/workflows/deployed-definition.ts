import { DescribeStateMachineCommand, type SFNClient } from '@aws-sdk/client-sfn';

/** The definition that an execution begun now runs, as text. */
export async function deployedDefinition(states: SFNClient, stateMachineArn: string): Promise<string> {
  const { definition = '' } = await states.send(new DescribeStateMachineCommand({ stateMachineArn }));
  return definition;
}
