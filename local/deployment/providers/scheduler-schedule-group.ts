import type { CreateScheduleGroupInput, CreateScheduleGroupOutput } from '@aws-sdk/client-scheduler';
import type { Provider } from '../provider.ts';
import { tags } from '../shape.ts';

/** AWS::Scheduler::ScheduleGroup, by CreateScheduleGroup. */
export const schedulerScheduleGroup: Provider<CreateScheduleGroupInput> = {
  type: 'AWS::Scheduler::ScheduleGroup',
  properties: { Name: 'string', Tags: tags },
  async create({ properties, name, call }) {
    const Name = properties.Name ?? name(64);
    const { ScheduleGroupArn = '' } = await call<CreateScheduleGroupOutput>('scheduler', 'CreateScheduleGroup', {
      ...properties,
      Name,
    });
    return { ref: Name, attributes: { Arn: ScheduleGroupArn } };
  },
};
