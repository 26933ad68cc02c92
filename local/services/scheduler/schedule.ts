import type {
  ActionAfterCompletion,
  FlexibleTimeWindow,
  ScheduleGroupState,
  ScheduleState,
  Target,
} from '@aws-sdk/client-scheduler';
import type { Timer } from '../../clock/clock.ts';
import type { Occurrences } from './expression.ts';

/** A group of schedules; tags are on groups alone. */
export interface Group {
  arn: string;
  name: string;
  region: string;
  state: ScheduleGroupState;
  createdAt: Date;
  modifiedAt: Date;
  tags: Map<string, string>;
  schedules: Map<string, Schedule>;
  clientToken: string | undefined;
}

/** What a schedule says, with the defaults filled in. */
export interface Settings {
  expression: string;
  zone: string;
  occurrences: Occurrences;
  start: Date | undefined;
  end: Date | undefined;
  description: string | undefined;
  state: ScheduleState;
  target: Target & { Arn: string; RoleArn: string };
  window: FlexibleTimeWindow;
  afterCompletion: ActionAfterCompletion;
  kmsKeyArn: string | undefined;
}

export interface Schedule extends Settings {
  arn: string;
  name: string;
  group: Group;
  createdAt: Date;
  modifiedAt: Date;
  clientToken: string | undefined;
  timer: Timer | undefined;
  /** Invocations under way: what is retried counts as well. */
  running: number;
  /** No occurrence is left. */
  spent: boolean;
  deleted: boolean;
}
