import { OUTLASTING } from './outage.ts';
import { type Retrier, stepOf, type Task } from './states.ts';

const INVOKE = 'arn:aws:states:::lambda:invoke';

/** The function has 30 s (stack.ts); the rest is for Lambda to start it. */
const TIMEOUT_SECONDS = 60;

/** What was just made or changed isn't seen everywhere yet. A step that waits for more has a retrier of its own. */
const SETTLING: Retrier = {
  ErrorEquals: ['NotReady'],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxDelaySeconds: 30,
  MaxAttempts: 10,
};

/**
 * AWS is busy or does not answer, and the function says so ("Throttled"), or cannot say anything.
 * Source: Step Functions guide, "Handling errors in workflows", and Lambda's API reference, "Invoke"; checked 2026-11-29.
 */
const BUSY: Retrier = {
  ErrorEquals: [
    'Throttled',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'Lambda.ResourceConflictException',
    'Lambda.ResourceNotReadyException',
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.Unknown',
    'Runtime.ExitError',
    'Sandbox.Timedout',
    'States.Timeout',
  ],
  ...OUTLASTING,
};

/** AWS denies what an attempt before may have done already: the step looks again, for three minutes in all. */
const DENIED: Retrier = {
  ErrorEquals: ['Denied'],
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxDelaySeconds: 30,
  MaxAttempts: 12,
  JitterStrategy: 'FULL',
};

/** What every function is handed: which site, for which operation, and of which version the workflow is that calls it. */
const PAYLOAD = {
  domain: '{% $states.context.Execution.Input.domain %}',
  revision: '{% $states.context.Execution.Input.revision %}',
  workflow: '${WorkflowVersion}',
};

/** A step of a resource as it is authored: "elastic-ip:prepare" calls the function of the resource for one of its phases, or for an act of its own. */
const RESOURCE_STEP = /^([a-z-]+):(prepare(?:-[a-z]+)?|shift|release(?:-[a-z]+)?|discard)$/;

function ofResource({ Resource, Arguments, ...task }: Task): Task {
  const [, resource, phase] = RESOURCE_STEP.exec(Resource ?? '') ?? [];
  if (resource === undefined)
    return { ...task, ...(Resource !== undefined && { Resource }), ...(Arguments && { Arguments }) };
  const FunctionName = `\${${pascal(resource)}}`;
  return { ...task, Arguments: { ...Arguments, FunctionName, Payload: { phase, ...Arguments?.Payload } } };
}

/** "request-certificate" -> "RequestCertificate", as definitions name functions. */
export const pascal = (name: string): string =>
  name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

/**
 * A task that calls the function of its own step with what the execution began with, and whose output is the function's.
 * A task that waits for its token has the output that the token brings. What the task says itself counts instead; an
 * error that it retries or catches itself is retried by nothing else.
 */
export function invoking(name: string, task: Task): Task {
  const {
    Type,
    Resource = INVOKE,
    Arguments,
    TimeoutSeconds = TIMEOUT_SECONDS,
    Retry = [],
    ...rest
  } = ofResource(task);
  const own = new Set([...Retry, ...(task.Catch ?? [])].flatMap(({ ErrorEquals }) => ErrorEquals));
  const added = [SETTLING, DENIED, BUSY].map((retrier) => ({
    ...retrier,
    ErrorEquals: retrier.ErrorEquals.filter((error) => !own.has(error)),
  }));
  return {
    Type,
    Resource,
    Arguments: { FunctionName: `\${${stepOf(name)}}`, ...Arguments, Payload: { ...PAYLOAD, ...Arguments?.Payload } },
    TimeoutSeconds,
    Retry: [...Retry, ...added.filter(({ ErrorEquals }) => ErrorEquals.length > 0)],
    ...(Resource === INVOKE && { Output: '{% $states.result.Payload %}' }),
    ...rest,
  };
}
