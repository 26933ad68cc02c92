import type { ResourceType } from '../resource.ts';

/** AWS::Lambda::Function */
export const lambdaFunction: ResourceType = {
  properties: [
    'FunctionName',
    'Code',
    'Handler',
    'Runtime',
    'Role',
    'Description',
    'Environment',
    'MemorySize',
    'Timeout',
    'TracingConfig',
    'LoggingConfig',
    'Architectures',
    'EphemeralStorage',
  ],
  async create({ FunctionName, Code, ...rest }, { call, name }) {
    const functionName: string = FunctionName ?? name(64);
    const { FunctionArn } = await call('lambda', 'CreateFunction', { FunctionName: functionName, Code, ...rest });
    return { ref: functionName, attributes: { Arn: FunctionArn } };
  },
};

/** AWS::Lambda::Permission */
export const permission: ResourceType = {
  properties: ['FunctionName', 'Action', 'Principal', 'SourceArn', 'SourceAccount'],
  async create(properties, { call, name }) {
    const StatementId = name(100);
    await call('lambda', 'AddPermission', { StatementId, ...properties });
    return { ref: StatementId };
  },
};
