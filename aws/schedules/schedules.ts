import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { isCode } from '../error-code.ts';

/** Where schedules are kept, and what they invoke. */
export interface ScheduleTarget {
  group: string;
  /** The role that EventBridge Scheduler invokes the function with. */
  roleArn: string;
  functionArn: string;
}

interface OneTime {
  name: string;
  at: Date;
  input: object;
}

/** EventBridge Scheduler tries again for an hour; what is later is found by the sweep. */
const RETRY = { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 185 };

/** Has the function invoked once at that time, to the minute; a schedule of that name is changed. It is deleted once it was met. */
export async function keepSchedule(
  scheduler: SchedulerClient,
  { group, roleArn, functionArn }: ScheduleTarget,
  { name, at, input }: OneTime,
): Promise<void> {
  const settings: CreateScheduleCommandInput = {
    Name: name,
    GroupName: group,
    ScheduleExpression: `at(${secondsOf(at)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: { Arn: functionArn, RoleArn: roleArn, Input: JSON.stringify(input), RetryPolicy: RETRY },
  };
  try {
    await scheduler.send(new CreateScheduleCommand(settings));
  } catch (error) {
    if (!isCode(error, 'Conflict')) throw error;
    await scheduler.send(new UpdateScheduleCommand(settings));
  }
}

/**
 * "2026-12-01T01:41:00": without a zone, which is a field of its own, and rounded up to a whole second: who is invoked before the time
 * would find nothing to do.
 */
function secondsOf(at: Date): string {
  return new Date(Math.ceil(at.getTime() / 1000) * 1000).toISOString().slice(0, 19);
}

/** Deletes a schedule, which may have been met or deleted before. */
export async function removeSchedule(
  scheduler: SchedulerClient,
  { group }: ScheduleTarget,
  name: string,
): Promise<void> {
  try {
    await scheduler.send(new DeleteScheduleCommand({ Name: name, GroupName: group }));
  } catch (error) {
    if (!isCode(error, 'ResourceNotFound')) throw error;
  }
}
