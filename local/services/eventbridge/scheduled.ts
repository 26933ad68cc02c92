import { type BusEvent, eventTime, type Rule } from './bus.ts';
import { type EventBridge, eventId } from './event-bridge.ts';

/** Plans the next firing of a rule's schedule, in the place of any that was planned. */
export function plan(bridge: EventBridge, rule: Rule): void {
  const { host, delivering } = bridge;
  rule.timer?.cancel();
  rule.timer = undefined;
  const now = host.clock.now();
  const next = rule.state === 'DISABLED' ? undefined : rule.schedule?.next(now);
  if (!next) return;
  rule.timer = host.clock.after(next.getTime() - now.getTime(), () => {
    delivering.fire(rule, scheduledEvent(bridge, rule));
    plan(bridge, rule);
  });
}

const scheduledEvent = ({ host }: EventBridge, { arn, bus }: Rule): BusEvent => ({
  version: '0',
  id: eventId(host),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: host.account,
  time: eventTime(host.clock.now()),
  region: bus.region,
  resources: [arn],
  detail: {},
});
