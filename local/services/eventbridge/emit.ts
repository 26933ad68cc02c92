import type { ServiceEvent } from '../../host.ts';
import { type BusEvent, eventTime } from './bus.ts';
import type { Fates } from './delivery/fates.ts';
import { type EventBridge, eventId } from './event-bridge.ts';

/** Puts services' own events on their Region's default bus, as their fates have it. Every copy bears the same id. */
export const emitter =
  ({ host, buses, delivering }: EventBridge, fates: Fates) =>
  (event: ServiceEvent): void => {
    const onBus: BusEvent = {
      version: '0',
      id: eventId(host),
      'detail-type': event.detailType,
      source: event.source,
      account: host.account,
      time: eventTime(host.clock.now()),
      region: event.region,
      resources: event.resources,
      detail: event.detail,
    };
    for (const seconds of fates.of(event)) {
      if (seconds === 0) delivering.publish(buses.default(event.region), onBus);
      else host.clock.after(seconds * 1000, () => delivering.publish(buses.default(event.region), onBus));
    }
  };
