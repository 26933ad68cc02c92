import type { BusEvent } from '../bus.ts';

export interface PublishedEvent {
  at: Date;
  bus: string;
  event: BusEvent;
}

/** One try to bring an event to a target. */
export interface Delivery {
  at: Date;
  eventId: string;
  rule: string;
  target: string;
  /** "delivered", "failed" for a try that is followed by another, "dropped" for the last one. */
  outcome: 'delivered' | 'failed' | 'dropped';
  error?: { code: string; message: string };
}

/** As many as are kept of each kind; older ones go. */
const KEPT = 10_000;

/** What went over the buses, for tests and people to look at. */
export class EventLog {
  readonly published: PublishedEvent[] = [];
  readonly deliveries: Delivery[] = [];

  publish(one: PublishedEvent): void {
    keep(this.published, one);
  }

  deliver(one: Delivery): void {
    keep(this.deliveries, one);
  }
}

function keep<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > KEPT) list.shift();
}
