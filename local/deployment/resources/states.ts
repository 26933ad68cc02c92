import { readFileSync } from 'node:fs';
import type { ResourceType } from '../resource.ts';

/** AWS::StepFunctions::StateMachine, its definition in the template or in an asset. */
export const stateMachine: ResourceType = {
  properties: [
    'StateMachineName',
    'StateMachineType',
    'DefinitionString',
    'DefinitionS3Location',
    'DefinitionSubstitutions',
    'RoleArn',
    'TracingConfiguration',
    'LoggingConfiguration',
  ],
  async create(
    {
      StateMachineName,
      StateMachineType,
      DefinitionString,
      DefinitionS3Location,
      DefinitionSubstitutions = {},
      RoleArn,
      TracingConfiguration,
      LoggingConfiguration,
    },
    { call, name, asset },
  ) {
    const text: string =
      DefinitionString ?? readFileSync(asset(DefinitionS3Location.Bucket, DefinitionS3Location.Key), 'utf8');
    const machineName: string = StateMachineName ?? name(80);
    const { stateMachineArn } = await call<{ stateMachineArn: string }>('states', 'CreateStateMachine', {
      name: machineName,
      definition: substituted(text, DefinitionSubstitutions),
      roleArn: RoleArn,
      ...(StateMachineType && { type: StateMachineType }),
      ...(TracingConfiguration && { tracingConfiguration: { enabled: TracingConfiguration.Enabled } }),
      ...(LoggingConfiguration && { loggingConfiguration: { level: LoggingConfiguration.Level } }),
    });
    return { ref: stateMachineArn, attributes: { Arn: stateMachineArn, Name: machineName } };
  },
};

/** The definition with `${Name}` replaced. A name nobody filled in is an error, as it is in CloudFormation. */
function substituted(definition: string, values: Record<string, string>): string {
  return definition.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`its definition names "\${${name}}", which DefinitionSubstitutions leaves open`);
    return value;
  });
}
