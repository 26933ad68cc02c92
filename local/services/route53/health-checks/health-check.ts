import type {
  CloudWatchAlarmConfiguration,
  HealthCheckConfig,
  HealthCheckType,
  HealthCheck as ListedHealthCheck,
} from '@aws-sdk/client-route-53';
import type { Timer } from '../../../clock/clock.ts';
import type { Endpoint } from '../../../internet/internet.ts';
import type { CheckerAddresses } from './checkers.ts';
import type { Finding } from './probe.ts';

/** A configuration with its defaults filled in. */
export type Settings = HealthCheckConfig & { Type: HealthCheckType };

/** What a checker has found, and when. */
export interface Observation {
  finding: Finding;
  at: Date;
}

/** One checker's view of the endpoint. */
export interface Checker extends CheckerAddresses {
  healthy: boolean;
  /** Results in a row that contradict `healthy`, and that agree with it. */
  against: number;
  alike: number;
  last: Observation | undefined;
  lastFailure: Observation | undefined;
  /** A result that holds until the network changes. */
  settled: { revision: number; to: Endpoint | undefined; finding: Finding; tookMs: number } | undefined;
  timer: Timer | undefined;
  /** When the next check would begin, while nothing changes: checks that would find the same are not made. */
  restingUntil: number | undefined;
}

export interface HealthCheck {
  id: string;
  callerReference: string;
  version: number;
  /** What the API shows. */
  settings: Settings;
  /** What the checkers work by: a change reaches them a little later. */
  applied: Settings;
  /** The metric and threshold read from the alarm when it was given. */
  alarm: CloudWatchAlarmConfiguration | undefined;
  checkers: Checker[];
  /** Of a check of an alarm: what its metric says; undefined until it has said anything. */
  metricHealthy: boolean | undefined;
  /** The status decided last; the name servers have it a little later. */
  decided: boolean;
  /** The status that the name servers and metrics have. */
  healthy: boolean;
  /** Stops what runs for it: changed with every start, so that a probe under way counts no more. */
  generation: number;
  /** Ends the watch of the alarm's metric. */
  unwatch: (() => void) | undefined;
}

const ENDPOINT_TYPES: readonly string[] = ['HTTP', 'HTTPS', 'HTTP_STR_MATCH', 'HTTPS_STR_MATCH', 'TCP'];

/** Whether checkers probe an endpoint for it. */
export const probes = (type: string): boolean => ENDPOINT_TYPES.includes(type);

export const healthCheckArn = (id: string | undefined): string => `arn:aws:route53:::healthcheck/${id ?? ''}`;

/** The check as the API lists it. */
export const listedCheck = ({ id, callerReference, version, settings, alarm }: HealthCheck): ListedHealthCheck => ({
  Id: id,
  CallerReference: callerReference,
  HealthCheckConfig: settings,
  HealthCheckVersion: version,
  ...(alarm && { CloudWatchAlarmConfiguration: alarm }),
});
