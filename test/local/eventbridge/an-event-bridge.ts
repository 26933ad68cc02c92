import { Clock } from '../../../local/clock/clock.ts';
import { Draws } from '../../../local/draws/draws.ts';
import type { Host } from '../../../local/host.ts';
import { createEventBridge, type EventBridgeOptions } from '../../../local/services/eventbridge/service.ts';
import type { Call, Dispatch } from '../../../local/wire/service.ts';

export const START = new Date('2026-11-22T12:00:00Z');
export const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:heard';
export const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:onboard';
export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:news';

export type Sent = Parameters<Dispatch>[0] & { at: Date };

/** An EventBridge on a clock that stands still, whose targets note what they are sent. */
export function anEventBridge(options: Partial<EventBridgeOptions> = {}) {
  const clock = new Clock({ startAt: START });
  const host: Host = {
    clock,
    draws: new Draws(1),
    account: '123456789012',
    homeRegion: 'us-east-1',
    emit: () => {},
  };
  const sent: Sent[] = [];
  const failures: Error[] = [];
  const dispatch: Dispatch = async (request) => {
    sent.push({ ...request, at: clock.now() });
    const failure = failures.shift();
    if (failure) throw failure;
    return {};
  };
  const bridge = createEventBridge(host, { dispatch, doubledShare: 0, ...options });
  const call = async <Output>(operation: string, input: object, region = 'us-east-1'): Promise<Output> => {
    const context: Call = {
      service: 'events',
      operation,
      principal: { arn: 'arn:aws:iam::123456789012:root' },
      pause: (waiting) => waiting,
      account: host.account,
      region,
      requestId: 'test',
    };
    return (await bridge.service.operations[operation]?.run(input as never, context)) as Output;
  };
  /** A rule on a bus with one target. */
  const rule = async (
    pattern: object,
    target: object = {},
    { bus, name = 'rule' }: { bus?: string; name?: string } = {},
  ) => {
    const onBus = bus === undefined ? {} : { EventBusName: bus };
    await call('PutRule', { Name: name, EventPattern: JSON.stringify(pattern), ...onBus });
    await call('PutTargets', { Rule: name, ...onBus, Targets: [{ Id: 'one', Arn: FUNCTION, ...target }] });
  };
  const put = (entry: object = {}) =>
    call<{ FailedEntryCount: number; Entries: { EventId?: string; ErrorCode?: string; ErrorMessage?: string }[] }>(
      'PutEvents',
      {
        Entries: [{ Source: 'nameplate', DetailType: 'Site Live', Detail: '{"domain":"shop.example.test"}', ...entry }],
      },
    );
  /** The JSON that a function was sent. */
  const payloads = () =>
    sent.map(({ input }) => JSON.parse(Buffer.from((input as { Payload: Uint8Array }).Payload).toString()));
  return { ...bridge, host, clock, sent, failures, call, rule, put, payloads };
}

export const anAcmEvent = {
  source: 'aws.acm',
  detailType: 'ACM Certificate Available',
  region: 'us-east-1',
  resources: ['arn:aws:acm:us-east-1:123456789012:certificate/a'],
  detail: { Action: 'ISSUANCE' },
};
