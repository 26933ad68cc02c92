import type { CreateScheduleInput, CreateScheduleOutput } from '@aws-sdk/client-scheduler';
import type { Provider } from '../provider.ts';
import { object } from '../shape.ts';

/** AWS::Scheduler::Schedule, by CreateSchedule. */
export const schedulerSchedule: Provider<CreateScheduleInput> = {
  type: 'AWS::Scheduler::Schedule',
  properties: {
    Name: 'string',
    GroupName: 'string',
    Description: 'string',
    ScheduleExpression: 'string',
    ScheduleExpressionTimezone: 'string',
    State: 'string',
    FlexibleTimeWindow: object({ Mode: 'string', MaximumWindowInMinutes: 'number' }),
    Target: object({
      Arn: 'string',
      RoleArn: 'string',
      Input: 'string',
      RetryPolicy: object({ MaximumEventAgeInSeconds: 'number', MaximumRetryAttempts: 'number' }),
      EventBridgeParameters: object({ DetailType: 'string', Source: 'string' }),
    }),
  },
  async create({ properties, name, call }) {
    const Name = properties.Name ?? name(64);
    const { ScheduleArn = '' } = await call<CreateScheduleOutput>('scheduler', 'CreateSchedule', {
      ...properties,
      Name,
    });
    return { ref: Name, attributes: { Arn: ScheduleArn } };
  },
};
