import type { Target } from '@aws-sdk/client-scheduler';
import type { Dispatch } from '../../wire/service.ts';
import { invalid } from './errors.ts';
import { MAX_INPUT_BYTES } from './quotas.ts';

type Call = Omit<Parameters<Dispatch>[0], 'principal' | 'region'>;

/** The targets that a schedule can have here, by the service of their ARN, and the call that invokes each. */
const CALLS: Record<string, (target: Target, input: string) => Call> = {
  lambda: ({ Arn: FunctionName }, input) => ({
    service: 'lambda',
    operation: 'Invoke',
    input: { FunctionName, InvocationType: 'Event', Payload: Buffer.from(input) },
  }),
  states: ({ Arn: stateMachineArn }, input) => ({
    service: 'states',
    operation: 'StartExecution',
    input: { stateMachineArn, input },
  }),
  events: ({ Arn: EventBusName, EventBridgeParameters: parameters }, Detail) => ({
    service: 'events',
    operation: 'PutEvents',
    input: { Entries: [{ EventBusName, Detail, DetailType: parameters?.DetailType, Source: parameters?.Source }] },
  }),
  sns: ({ Arn: TopicArn }, Message) => ({ service: 'sns', operation: 'Publish', input: { TopicArn, Message } }),
};

const JSON_TARGETS = ['lambda', 'states', 'events'];

export const serviceOf = (arn: string | undefined): string => arn?.split(':')[2] ?? '';

/** The call that invokes a target with an input. */
export function targetCall(target: Target, input: string): Call {
  const make = CALLS[serviceOf(target.Arn)];
  if (!make) throw new Error(`Cannot invoke ${target.Arn}: CreateSchedule should have refused it`);
  return make(target, input);
}

/** Throws ValidationException for a target that cannot be meant, or that the local AWS does not have. */
export function checkTarget(target: Target | undefined): Target & { Arn: string; RoleArn: string } {
  const { Arn = '', RoleArn = '', Input, RetryPolicy: retry, DeadLetterConfig: dead } = target ?? {};
  const service = serviceOf(Arn);
  if (!/^arn:aws:[a-z-]+:[a-z0-9-]*:\d*:.+$/.test(Arn))
    throw invalid(`Provided Arn is not in correct format. Arn: ${Arn}`);
  if (!/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(RoleArn)) {
    throw invalid(`Provided RoleArn is not in correct format. RoleArn: ${RoleArn}`);
  }
  if (!CALLS[service]) {
    throw invalid(`${service} is no target in the local AWS: it has lambda, states, sns and event buses.`);
  }
  if (dead?.Arn !== undefined) throw invalid('A dead-letter queue needs SQS, which is not part of the local AWS.');
  if (service === 'events') checkEventBridge(target);
  else if (target?.EventBridgeParameters) throw invalid('EventBridgeParameters are for event buses only.');
  if (Input !== undefined && Buffer.byteLength(Input) > MAX_INPUT_BYTES) {
    throw invalid(`Input must not be longer than ${MAX_INPUT_BYTES} bytes.`);
  }
  if (Input !== undefined && JSON_TARGETS.includes(service) && !isJson(Input)) {
    throw invalid(`Invalid Input for target ${Arn}: it is not valid JSON.`);
  }
  checkRetry(retry);
  return { ...target, Arn, RoleArn, RetryPolicy: { ...RETRY_DEFAULTS, ...retry } };
}

// Source: EventBridge Scheduler API Reference, "RetryPolicy"; checked 2026-11-30.
const RETRY_DEFAULTS = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };
const MIN_AGE_SECONDS = 60;

function checkRetry(retry: Target['RetryPolicy']): void {
  const { MaximumEventAgeInSeconds: age, MaximumRetryAttempts: attempts } = retry ?? {};
  if (age !== undefined && (age < MIN_AGE_SECONDS || age > RETRY_DEFAULTS.MaximumEventAgeInSeconds)) {
    throw invalid(
      `MaximumEventAgeInSeconds must be between ${MIN_AGE_SECONDS} and ${RETRY_DEFAULTS.MaximumEventAgeInSeconds}.`,
    );
  }
  if (attempts !== undefined && (attempts < 0 || attempts > RETRY_DEFAULTS.MaximumRetryAttempts)) {
    throw invalid(`MaximumRetryAttempts must be between 0 and ${RETRY_DEFAULTS.MaximumRetryAttempts}.`);
  }
}

function checkEventBridge(target: Target | undefined): void {
  const { EventBridgeParameters: parameters, Input: input } = target ?? {};
  if (!parameters?.DetailType || !parameters.Source) {
    throw invalid('EventBridgeParameters with DetailType and Source are required for an event bus.');
  }
  if (parameters.Source.startsWith('aws.')) throw invalid('Source must not begin with "aws.".');
  if (input === undefined) throw invalid('Input is required for an event bus.');
}

function isJson(text: string): boolean {
  try {
    // Attributes of the context may take the place of a number.
    JSON.parse(text.replaceAll(/<aws\.scheduler\.[a-z-]+>/g, '0'));
    return true;
  } catch (error) {
    if ((error as Error).name === 'SyntaxError') return false;
    throw error;
  }
}
