import type { CreateStateMachineOutput } from '@aws-sdk/client-sfn';
import { DeploymentError } from '../deployment-error.ts';
import type { Making, Provider, Tag } from '../provider.ts';
import { list, map, object, tags } from '../shape.ts';

interface StateMachineProperties {
  StateMachineName?: string;
  StateMachineType?: 'STANDARD' | 'EXPRESS';
  Definition?: object;
  DefinitionString?: string;
  DefinitionS3Location?: { Bucket: string; Key: string };
  DefinitionSubstitutions?: Record<string, string>;
  RoleArn: string;
  LoggingConfiguration?: {
    Level?: string;
    IncludeExecutionData?: boolean;
    Destinations?: { CloudWatchLogsLogGroup?: { LogGroupArn?: string } }[];
  };
  TracingConfiguration?: { Enabled?: boolean };
  Tags?: Tag[];
}

/** AWS::StepFunctions::StateMachine, by CreateStateMachine, its definition's substitutions made. */
export const stepFunctionsStateMachine: Provider<StateMachineProperties> = {
  type: 'AWS::StepFunctions::StateMachine',
  properties: {
    StateMachineName: 'string',
    StateMachineType: 'string',
    Definition: 'json',
    DefinitionString: 'string',
    DefinitionS3Location: object({ Bucket: 'string', Key: 'string' }),
    DefinitionSubstitutions: map('string'),
    RoleArn: 'string',
    LoggingConfiguration: object({
      Level: 'string',
      IncludeExecutionData: 'boolean',
      Destinations: list(object({ CloudWatchLogsLogGroup: object({ LogGroupArn: 'string' }) })),
    }),
    TracingConfiguration: object({ Enabled: 'boolean' }),
    Tags: tags,
  },
  async create(making) {
    const { properties, name, call } = making;
    const { StateMachineType, RoleArn, LoggingConfiguration, TracingConfiguration, Tags } = properties;
    const Name = properties.StateMachineName ?? name(80);
    const { stateMachineArn = '' } = await call<CreateStateMachineOutput>('states', 'CreateStateMachine', {
      name: Name,
      definition: await definitionOf(making),
      roleArn: RoleArn,
      ...(StateMachineType && { type: StateMachineType }),
      ...(LoggingConfiguration && { loggingConfiguration: loggingOf(LoggingConfiguration) }),
      ...(TracingConfiguration && { tracingConfiguration: { enabled: TracingConfiguration.Enabled === true } }),
      ...(Tags && { tags: Tags.map(({ Key, Value }) => ({ key: Key, value: Value })) }),
    });
    return { ref: stateMachineArn, attributes: { Arn: stateMachineArn, Name } };
  },
  updates: ['Definition', 'DefinitionString', 'DefinitionS3Location', 'DefinitionSubstitutions', 'RoleArn'],
  async update(making, { made: { ref: stateMachineArn } }) {
    const definition = await definitionOf(making);
    await making.call('states', 'UpdateStateMachine', {
      stateMachineArn,
      definition,
      roleArn: making.properties.RoleArn,
    });
  },
};

/** The definition's text, "${Name}" replaced by what DefinitionSubstitutions has for it. */
async function definitionOf({ properties, assetText }: Making<StateMachineProperties>): Promise<string> {
  const { Definition, DefinitionString, DefinitionS3Location, DefinitionSubstitutions = {} } = properties;
  const text =
    DefinitionString ??
    (Definition && JSON.stringify(Definition)) ??
    (DefinitionS3Location && (await assetText(DefinitionS3Location.Bucket, DefinitionS3Location.Key)));
  if (text === undefined) throw new DeploymentError('it has no definition');
  return text.replace(/\$\{(\w+)\}/g, (whole, key: string) => {
    const value = DefinitionSubstitutions[key];
    if (value === undefined)
      throw new DeploymentError(`its definition has "${whole}", for which there is no substitution`);
    // The text is JSON and the value stands within one of its strings.
    return JSON.stringify(value).slice(1, -1);
  });
}

function loggingOf({
  Level,
  IncludeExecutionData,
  Destinations,
}: NonNullable<StateMachineProperties['LoggingConfiguration']>): object {
  return {
    ...(Level !== undefined && { level: Level }),
    ...(IncludeExecutionData !== undefined && { includeExecutionData: IncludeExecutionData }),
    ...(Destinations && {
      destinations: Destinations.map(({ CloudWatchLogsLogGroup }) => ({
        cloudWatchLogsLogGroup: { logGroupArn: CloudWatchLogsLogGroup?.LogGroupArn },
      })),
    }),
  };
}
