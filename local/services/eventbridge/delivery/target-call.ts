import type { Target } from '@aws-sdk/client-eventbridge';
import type { Host } from '../../../host.ts';
import type { Dispatch, Principal } from '../../../wire/service.ts';
import type { Rule } from '../bus.ts';

/** The call that brings an event to a target. */
export type TargetCall = Parameters<Dispatch>[0];

/** The services events can be brought to, by the ARN's third part, and how. */
export const TARGET_CALLS: Record<
  string,
  (target: Target, input: string, name: string) => Omit<TargetCall, 'principal'>
> = {
  lambda: ({ Arn: FunctionName }, input) => ({
    service: 'lambda',
    operation: 'Invoke',
    input: { FunctionName, InvocationType: 'Event', Payload: Buffer.from(input) },
  }),
  states: ({ Arn: stateMachineArn }, input, name) => ({
    service: 'states',
    operation: 'StartExecution',
    input: { stateMachineArn, name, input },
  }),
  sns: ({ Arn: TopicArn }, Message) => ({ service: 'sns', operation: 'Publish', input: { TopicArn, Message } }),
};

/** The service of an ARN: "lambda", "states". */
export const serviceOf = (arn: string | undefined): string => arn?.split(':')[2] ?? '';

/** The call for one delivery. `name` is the execution's name, the same at every try of the delivery. */
export function targetCall(
  host: Host,
  { target, rule, input, name }: { target: Target; rule: Rule; input: string; name: string },
): TargetCall {
  const make = TARGET_CALLS[serviceOf(target.Arn)];
  if (!make) throw new Error(`Cannot bring an event to ${target.Arn}: PutTargets should have refused it`);
  const region = target.Arn?.split(':')[3] || rule.bus.region;
  return { ...make(target, input, name), principal: callerFor(host, target, rule), region };
}

/** The target's role if it has one, else EventBridge itself on behalf of the rule. */
export function callerFor(host: Host, { RoleArn }: Target, rule: Rule): Principal {
  if (RoleArn === undefined) return { arn: rule.arn, service: 'events.amazonaws.com', sourceArn: rule.arn };
  const role = RoleArn.split('/').at(-1);
  const session = host.draws.hex('events:session', 32);
  return { arn: `arn:aws:sts::${host.account}:assumed-role/${role}/${session}`, roleArn: RoleArn };
}
