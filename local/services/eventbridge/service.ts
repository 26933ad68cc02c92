import type { Host, ServiceEvent } from '../../host.ts';
import type { Permissions } from '../../wire/permissions.ts';
import type { Dispatch, Service } from '../../wire/service.ts';
import { Buses } from './buses.ts';
import constraints from './constraints.json' with { type: 'json' };
import { Delivering } from './delivery/delivering.ts';
import { EventLog } from './delivery/event-log.ts';
import { Fates } from './delivery/fates.ts';
import { emitter } from './emit.ts';
import type { EventBridge } from './event-bridge.ts';
import { createEventBus, deleteEventBus, describeEventBus, listEventBuses } from './event-buses.ts';
import { putEvents } from './put-events.ts';
import { putRule } from './put-rule.ts';
import { deleteRule, describeRule, disableRule, enableRule, listRules, testEventPattern } from './rules.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { listRuleNamesByTarget, listTargetsByRule, putTargets, removeTargets } from './targets.ts';

export interface EventBridgeOptions {
  /** Calls the targets. */
  dispatch: Dispatch;
  /** Whether the role of a target may put events on the bus that it is. Default: it may. */
  refusal?: Permissions['refusal'];
  /** How many of services' own events come twice, unkind on purpose: consumers must bear it. Default 0.05. */
  doubledShare?: number;
}

/** EventBridge: buses, rules, targets, schedules; delivery at least once. */
export function createEventBridge(
  host: Host,
  { dispatch, refusal = () => undefined, doubledShare = 0.05 }: EventBridgeOptions,
): {
  service: Service;
  /** Takes a service's own event: what `Host.emit` stands for. */
  emit(event: ServiceEvent): void;
  /** Lets services' own events be lost, doubled or late. */
  faults: Fates;
  log: EventLog;
} {
  const buses = new Buses(host);
  const log = new EventLog();
  const faults = new Fates(host.draws, doubledShare);
  const bridge: EventBridge = { host, buses, delivering: new Delivering(host, { dispatch, buses, log, refusal }) };
  const service: Service = {
    name: 'events',
    protocol: 'awsJson1_1',
    model: () => import('@aws-sdk/client-eventbridge'),
    constraints,
    operations: {
      CreateEventBus: createEventBus(bridge),
      DeleteEventBus: deleteEventBus(bridge),
      DescribeEventBus: describeEventBus(bridge),
      ListEventBuses: listEventBuses(bridge),
      PutRule: putRule(bridge),
      DeleteRule: deleteRule(bridge),
      DescribeRule: describeRule(bridge),
      ListRules: listRules(bridge),
      EnableRule: enableRule(bridge),
      DisableRule: disableRule(bridge),
      PutTargets: putTargets(bridge),
      RemoveTargets: removeTargets(bridge),
      ListTargetsByRule: listTargetsByRule(bridge),
      ListRuleNamesByTarget: listRuleNamesByTarget(bridge),
      PutEvents: putEvents(bridge),
      TestEventPattern: testEventPattern(),
      TagResource: tagResource(bridge),
      UntagResource: untagResource(bridge),
      ListTagsForResource: listTagsForResource(bridge),
    },
  };
  return { service, emit: emitter(bridge, faults), faults, log };
}
