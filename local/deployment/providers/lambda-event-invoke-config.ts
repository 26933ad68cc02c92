import type { PutFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda';
import type { Provider } from '../provider.ts';
import { object } from '../shape.ts';

const destination = object({ Destination: 'string' });

/** AWS::Lambda::EventInvokeConfig, by PutFunctionEventInvokeConfig. */
export const lambdaEventInvokeConfig: Provider<PutFunctionEventInvokeConfigRequest> = {
  type: 'AWS::Lambda::EventInvokeConfig',
  properties: {
    DestinationConfig: object({ OnFailure: destination, OnSuccess: destination }),
    FunctionName: 'string',
    MaximumEventAgeInSeconds: 'number',
    MaximumRetryAttempts: 'number',
    Qualifier: 'string',
  },
  async create({ properties, call }) {
    await call('lambda', 'PutFunctionEventInvokeConfig', properties);
    return { ref: `${properties.FunctionName}|EventInvokeConfig|${properties.Qualifier}` };
  },
};
