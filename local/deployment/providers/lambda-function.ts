import type { CreateFunctionRequest, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { type Provider, type Tag, tagMap } from '../provider.ts';
import { list, map, object, tags } from '../shape.ts';

interface FunctionProperties extends Omit<CreateFunctionRequest, 'Tags' | 'FunctionName'> {
  FunctionName?: string;
  ReservedConcurrentExecutions?: number;
  Tags?: Tag[];
}

/** AWS::Lambda::Function, by CreateFunction and PutFunctionConcurrency; its code was published with the assets. */
export const lambdaFunction: Provider<FunctionProperties> = {
  type: 'AWS::Lambda::Function',
  properties: {
    FunctionName: 'string',
    Architectures: list('string'),
    Code: object({ S3Bucket: 'string', S3Key: 'string' }),
    DeadLetterConfig: object({ TargetArn: 'string' }),
    Description: 'string',
    Environment: object({ Variables: map('string') }),
    EphemeralStorage: object({ Size: 'number' }),
    Handler: 'string',
    LoggingConfig: object({
      LogFormat: 'string',
      LogGroup: 'string',
      ApplicationLogLevel: 'string',
      SystemLogLevel: 'string',
    }),
    MemorySize: 'number',
    PackageType: 'string',
    ReservedConcurrentExecutions: 'number',
    Role: 'string',
    Runtime: 'string',
    Tags: tags,
    Timeout: 'number',
    TracingConfig: object({ Mode: 'string' }),
  },
  async create({ properties: { ReservedConcurrentExecutions, Tags, ...lambda }, name, call }) {
    const { FunctionName = '', FunctionArn = '' } = await call<FunctionConfiguration>('lambda', 'CreateFunction', {
      ...lambda,
      FunctionName: lambda.FunctionName ?? name(64),
      ...(Tags && { Tags: tagMap(Tags) }),
    });
    if (ReservedConcurrentExecutions !== undefined)
      await call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions });
    return { ref: FunctionName, attributes: { Arn: FunctionArn } };
  },
  updates: ['Code', 'Description', 'Environment', 'Handler', 'MemorySize', 'Role', 'Runtime', 'Timeout'],
  async update({ properties, call }, { made: { ref: FunctionName } }) {
    const { Code, Description, Environment, Handler, MemorySize, Role, Runtime, Timeout } = properties;
    await call('lambda', 'UpdateFunctionCode', { FunctionName, ...Code });
    await call('lambda', 'UpdateFunctionConfiguration', {
      ...{ FunctionName, Description, Environment, Handler, MemorySize, Role, Runtime, Timeout },
    });
  },
  async delete(call, { made: { ref: FunctionName } }) {
    await call('lambda', 'DeleteFunction', { FunctionName });
  },
};
