import type { Host } from '../../host.ts';
import type { Delivering } from './delivering.ts';
import type { Outbox } from './outbox.ts';
import type { Topics } from './topics.ts';

/** What SNS's operations share. */
export interface Sns {
  host: Host;
  topics: Topics;
  delivering: Delivering;
  outbox: Outbox;
}
