import type { Host } from '../../host.ts';
import type { Buses } from './buses.ts';
import type { Delivering } from './delivery/delivering.ts';

/** What EventBridge's operations share. */
export interface EventBridge {
  host: Host;
  buses: Buses;
  delivering: Delivering;
}

/** An id as events have: a UUID's form. */
export const eventId = ({ draws }: Host): string =>
  draws.hex('events:id', 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
