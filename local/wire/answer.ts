import type { Activity } from '../clock/activity.ts';
import type { Host } from '../host.ts';
import type { CallLog } from './calls.ts';
import { isMutating } from './calls.ts';
import { denied, invalidInput, throttled } from './codes.ts';
import { EarlierAnswers } from './earlier-answers.ts';
import type { FaultRule, Faults } from './faults.ts';
import { type Model, modelOf } from './model.ts';
import { NoAnswer } from './no-answer.ts';
import type { Permissions } from './permissions.ts';
import { requestTagKeys } from './request-tags.ts';
import { AwsError, type Call, type Operation, type Principal, type Service } from './service.ts';
import { createdResources, taggingAction } from './tagging-on-creation.ts';
import { Throttle } from './throttle.ts';
import { problemsOf } from './validate.ts';

/** How long a slow or timed-out call takes where the fault does not say, in seconds of AWS time. */
const DEFAULT_FAULT_SECONDS = 60;

/** AWS's own words. */
const UNKNOWN = 'The request processing has failed because of an unknown error, exception or failure.';

/** The operation's output. Throws AwsError, or NoAnswer where a fault has it so. */
export type Answering = (
  service: Service,
  call: Call,
  input: () => Promise<unknown>,
  work: Activity,
) => Promise<unknown>;

export interface AnsweringOptions {
  permissions: Permissions | undefined;
  faults: Faults;
  calls: CallLog;
  /** Kills the process that calls, where it is one of ours. */
  kill: ((caller: Principal) => Promise<void>) | undefined;
}

/**
 * Answers calls, over HTTP and from inside the process alike: faults, throttle, validation, permissions, the
 * operation itself, the log.
 */
export function createAnswering(host: Host, { permissions, faults, calls, kill }: AnsweringOptions): Answering {
  const throttle = new Throttle(host.clock);
  const answers = new EarlierAnswers(host.clock);

  /** What the caller gets to see of a fault. */
  async function strikes(
    { kind, code }: FaultRule,
    { seconds, call }: { seconds: number; call: Call },
  ): Promise<Error> {
    if (kind.startsWith('kill')) await kill?.(call.principal);
    if (kind.startsWith('kill') || kind.startsWith('reset')) return new NoAnswer(call.principal, { seconds: 0 });
    if (kind.startsWith('timeout')) return new NoAnswer(call.principal, { seconds });
    return code
      ? new AwsError(code, 'A fault was set for this call')
      : new AwsError('InternalFailure', UNKNOWN, { status: 500 });
  }

  async function attempt(
    service: Service,
    call: Call,
    input: () => Promise<unknown>,
    work: Activity,
  ): Promise<unknown> {
    const model = await modelOf(service);
    const operation = operationOf(service, call.operation);
    const fault = faults.strike(call, host.clock.now());
    const seconds = fault?.seconds ?? DEFAULT_FAULT_SECONDS;
    if (fault?.kind === 'slow') await work.wait(seconds * 1000);
    if (fault?.kind === 'throttle') throw throttled(service);
    if (fault?.kind.endsWith('-before')) throw await strikes(fault, { seconds, call });
    if (!throttle.take(service, call)) throw throttled(service);
    const given = await input();
    validate(service, model, call, given);
    if (permissions && !operation.open) authorize(permissions, { service, model, operation, call, input: given });
    const answer = async () => operation.run(given as never, call);
    if (fault?.kind === 'stale') {
      const earlier = isMutating(call.operation) ? undefined : answers.find(call, given, seconds);
      if (earlier) fault.stale = (fault.stale ?? 0) + 1;
      if (earlier && 'error' in earlier) throw earlier.error;
      if (earlier) return earlier.output;
    }
    const output = await (faults.remembering ? answers.keep(call, given, answer) : answer());
    if (fault?.kind.endsWith('-after')) throw await strikes(fault, { seconds, call });
    return output;
  }

  return async (service, call, input, work) => {
    const at = host.clock.now();
    let error: string | undefined;
    try {
      return await attempt(service, call, input, work);
    } catch (thrown) {
      error = thrown instanceof AwsError ? thrown.code : thrown instanceof NoAnswer ? 'NoAnswer' : 'InternalFailure';
      throw thrown;
    } finally {
      calls.add({
        at,
        service: service.name,
        operation: call.operation,
        principal: call.principal.service ?? call.principal.arn,
        ...(call.principal.assumedBy === undefined ? {} : { assumedBy: call.principal.assumedBy }),
        region: call.region,
        mutating: isMutating(call.operation),
        ...(error === undefined ? {} : { error }),
        ms: host.clock.now().getTime() - at.getTime(),
      });
    }
  };
}

/** The error for an operation that the local AWS does not have; never an empty success. */
export function notHere(service: string, operation: string | undefined): AwsError {
  const what = operation === undefined ? 'This operation' : `"${operation}"`;
  return new AwsError('NotImplemented', `${what} of ${service} is not part of the local AWS`, { status: 501 });
}

function operationOf(service: Service, name: string): Operation<never, unknown> {
  const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (!operation) throw notHere(service.name, name);
  return operation;
}

/** Throws what the service answers to an input that does not meet its schema or breaks a constraint. */
export function validate(service: Service, model: Model, call: Call, input: unknown): void {
  const schema = model.operations.get(call.operation)?.input;
  const own = service.constraints?.[schema?.getName() ?? ''] === undefined;
  const problems = schema ? problemsOf(schema, input, own ? {} : service) : [];
  if (problems.length > 0) throw invalidInput(service, model, problems);
}

function authorize(
  permissions: Permissions,
  {
    service,
    model,
    operation,
    call,
    input,
  }: {
    service: Service;
    model: Model;
    operation: Operation<never, unknown>;
    call: Call;
    input: unknown;
  },
): void {
  const { principal, region } = call;
  const action = operation.action ?? `${service.prefix ?? service.name}:${call.operation}`;
  const tags = requestTagKeys(input);
  const tagging = 'aws:TagKeys' in tags ? taggingAction(action) : undefined;
  const resources = operation.resources?.(input as never, call);
  const asked = [
    { action, resources, conditions: operation.conditions?.(input as never, call) ?? {}, tags },
    ...(tagging === undefined
      ? []
      : [{ action: tagging, resources: createdResources(action, call) ?? resources, conditions: {}, tags }]),
    ...(operation.dependents?.(input as never, call) ?? []).map((one) => ({ ...one, conditions: {}, tags: {} })),
  ];
  for (const { action, resources = ['*'], conditions, tags } of asked) {
    for (const judged of resources) {
      const { arn, keys } = typeof judged === 'string' ? { arn: judged, keys: tags } : judged;
      const refusal = permissions.refusal({
        principal,
        action,
        resources: [arn],
        conditions: { ...keys, ...conditions },
        region,
      });
      if (refusal !== undefined) throw denied(service, model, refusal);
    }
  }
}
