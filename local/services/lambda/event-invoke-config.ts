import type {
  DeleteFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig,
  GetFunctionEventInvokeConfigRequest,
  PutFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda';
import type { Host } from '../../host.ts';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { checkDestination } from './destinations.ts';
import type { LambdaFunction } from './function.ts';
import { type Functions, onFunction } from './functions.ts';
import { checkRange } from './limits.ts';

/** How asynchronous invocations of a function are retried and where their end is told. */
export interface EventInvokeConfig {
  maxRetryAttempts: number;
  maxEventAgeSeconds: number;
  onSuccess: string | undefined;
  onFailure: string | undefined;
  modifiedAt: Date;
}

/** Source: Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation"; checked 2026-11-22. */
export const eventInvokeDefaults = { maxRetryAttempts: 2, maxEventAgeSeconds: 6 * 3600 } as const;

/** PutFunctionEventInvokeConfig: overwrites, what is left out gets its default again. */
export const putFunctionEventInvokeConfig = (
  host: Host,
  functions: Functions,
): Operation<PutFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig> => ({
  resources: onFunction,
  run(input, call) {
    const lambda = functions.find(input.FunctionName, call, input.Qualifier);
    checkRange('maximumRetryAttempts', input.MaximumRetryAttempts, { min: 0, max: 2 });
    checkRange('maximumEventAgeInSeconds', input.MaximumEventAgeInSeconds, { min: 60, max: 21_600 });
    const onSuccess = input.DestinationConfig?.OnSuccess?.Destination || undefined;
    const onFailure = input.DestinationConfig?.OnFailure?.Destination || undefined;
    for (const destination of [onSuccess, onFailure]) if (destination) checkDestination(destination);
    lambda.eventInvokeConfig = {
      maxRetryAttempts: input.MaximumRetryAttempts ?? eventInvokeDefaults.maxRetryAttempts,
      maxEventAgeSeconds: input.MaximumEventAgeInSeconds ?? eventInvokeDefaults.maxEventAgeSeconds,
      onSuccess,
      onFailure,
      modifiedAt: host.clock.now(),
    };
    return shown(lambda);
  },
});

export const getFunctionEventInvokeConfig = (
  functions: Functions,
): Operation<GetFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig> => ({
  resources: onFunction,
  run: ({ FunctionName, Qualifier }, call) => shown(functions.find(FunctionName, call, Qualifier)),
});

export const deleteFunctionEventInvokeConfig = (
  functions: Functions,
): Operation<DeleteFunctionEventInvokeConfigRequest, object> => ({
  resources: onFunction,
  run({ FunctionName, Qualifier }, call: Call) {
    const lambda = functions.find(FunctionName, call, Qualifier);
    shown(lambda);
    lambda.eventInvokeConfig = undefined;
    return {};
  },
});

function shown({ arn, eventInvokeConfig }: LambdaFunction): FunctionEventInvokeConfig {
  if (!eventInvokeConfig)
    throw new AwsError('ResourceNotFoundException', `The function ${arn}:$LATEST doesn't have an EventInvokeConfig`, {
      Type: 'User',
    });
  const { modifiedAt, maxRetryAttempts, maxEventAgeSeconds, onSuccess, onFailure } = eventInvokeConfig;
  return {
    LastModified: modifiedAt,
    FunctionArn: `${arn}:$LATEST`,
    MaximumRetryAttempts: maxRetryAttempts,
    MaximumEventAgeInSeconds: maxEventAgeSeconds,
    DestinationConfig: {
      OnSuccess: onSuccess ? { Destination: onSuccess } : {},
      OnFailure: onFailure ? { Destination: onFailure } : {},
    },
  };
}
