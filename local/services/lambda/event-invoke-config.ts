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
import { invalidParameter } from './limits.ts';

/** How asynchronous invocations of a function are retried and where their end is told. */
export interface EventInvokeConfig {
  /** Undefined: what nobody has set is not shown, and has its default. */
  maxRetryAttempts: number | undefined;
  maxEventAgeSeconds: number | undefined;
  onSuccess: string | undefined;
  onFailure: string | undefined;
  modifiedAt: Date;
}

/** Source: Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation"; checked 2026-11-22. */
const DEFAULTS = { maxRetryAttempts: 2, maxEventAgeSeconds: 6 * 3600 } as const;

/** How often and how long events of a function are tried. */
export const triesOf = ({
  eventInvokeConfig: set,
}: LambdaFunction): { maxRetryAttempts: number; maxEventAgeSeconds: number } => ({
  maxRetryAttempts: set?.maxRetryAttempts ?? DEFAULTS.maxRetryAttempts,
  maxEventAgeSeconds: set?.maxEventAgeSeconds ?? DEFAULTS.maxEventAgeSeconds,
});

/** PutFunctionEventInvokeConfig: overwrites, what is left out gets its default again. */
export const putFunctionEventInvokeConfig = (
  host: Host,
  functions: Functions,
): Operation<PutFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig> => ({
  resources: onFunction,
  run(input, call) {
    const lambda = functions.find(input.FunctionName, call, input.Qualifier);
    if (
      input.MaximumRetryAttempts === undefined &&
      input.MaximumEventAgeInSeconds === undefined &&
      input.DestinationConfig === undefined
    ) {
      throw invalidParameter('You must specify at least one of error handling or destination setting.');
    }
    const onSuccess = input.DestinationConfig?.OnSuccess?.Destination || undefined;
    const onFailure = input.DestinationConfig?.OnFailure?.Destination || undefined;
    for (const destination of [onSuccess, onFailure]) if (destination) checkDestination(destination);
    lambda.eventInvokeConfig = {
      maxRetryAttempts: input.MaximumRetryAttempts,
      maxEventAgeSeconds: input.MaximumEventAgeInSeconds,
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
    ...(maxRetryAttempts !== undefined && { MaximumRetryAttempts: maxRetryAttempts }),
    ...(maxEventAgeSeconds !== undefined && { MaximumEventAgeInSeconds: maxEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess ? { Destination: onSuccess } : {},
      OnFailure: onFailure ? { Destination: onFailure } : {},
    },
  };
}
