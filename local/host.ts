import type { Clock } from './clock/clock.ts';
import type { Draws } from './draws/draws.ts';

/** An event as a service puts it on its region's default bus. */
export interface ServiceEvent {
  /** "aws.acm" */
  source: string;
  /** "ACM Certificate Available" */
  detailType: string;
  region: string;
  resources: string[];
  detail: object;
}

/** What every service stands on. */
export interface Host {
  clock: Clock;
  draws: Draws;
  /** "123456789012" */
  account: string;
  /** Further accounts, which have IAM, STS and Route 53 only. */
  otherAccounts?: readonly string[];
  /** The region that the template is deployed to. */
  homeRegion: string;
  /** How long what AWS does by and by lags: 0 as short as it gets, otherwise as long as it may, a share of it much longer. Default 0. */
  lagShare?: number;
  /** Puts an AWS service's own event on the default bus; delivered late, doubled or lost as faults have it. */
  emit(event: ServiceEvent): void;
}
