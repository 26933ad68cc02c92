import type { RuleState, Target } from '@aws-sdk/client-eventbridge';
import type { Timer } from '../../clock/clock.ts';
import type { EventPattern } from './patterns/pattern.ts';
import type { Schedule } from './schedules/cron.ts';

/** An event as it lies on a bus and as targets get it. */
export interface BusEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** "2026-11-22T12:00:00Z" */
  time: string;
  region: string;
  resources: string[];
  detail: object;
}

export interface Bus {
  name: string;
  arn: string;
  region: string;
  description: string | undefined;
  createdAt: Date;
  rules: Map<string, Rule>;
  tags: Map<string, string>;
}

export interface Rule {
  name: string;
  arn: string;
  bus: Bus;
  state: RuleState;
  description: string | undefined;
  roleArn: string | undefined;
  pattern: { text: string; meets: EventPattern } | undefined;
  schedule: { text: string; next: Schedule } | undefined;
  /** The schedule's next firing. */
  timer: Timer | undefined;
  /** By id, in the order they were put. */
  targets: Map<string, Target>;
  tags: Map<string, string>;
}

/** The instant as events carry it. */
export const eventTime = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');
