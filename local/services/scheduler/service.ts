import type { Host } from '../../host.ts';
import type { Service } from '../../wire/service.ts';
import constraints from './constraints.json' with { type: 'json' };
import { type Fired, Firing, type Surroundings } from './firing.ts';
import { createScheduleGroup, deleteScheduleGroup, getScheduleGroup, listScheduleGroups } from './group-operations.ts';
import { RATES } from './quotas.ts';
import { createSchedule, deleteSchedule, getSchedule, listSchedules, updateSchedule } from './schedule-operations.ts';
import { ScheduleStore } from './store.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';

/** EventBridge Scheduler: schedules by the clocks of any zone, fired by the role of their target. */
export function createScheduler(
  host: Host,
  around: Surroundings,
): {
  service: Service;
  /** Every try of an invocation, in order. */
  fired: readonly Fired[];
} {
  const store = new ScheduleStore(host);
  const firing = new Firing(host, store, around);
  return {
    fired: firing.log,
    service: {
      name: 'scheduler',
      protocol: 'restJson1',
      model: () => import('@aws-sdk/client-scheduler'),
      constraints,
      rates: { actions: RATES, code: 'ThrottlingException' },
      operations: {
        CreateSchedule: createSchedule(store, firing),
        GetSchedule: getSchedule(store),
        UpdateSchedule: updateSchedule(store, firing),
        DeleteSchedule: deleteSchedule(store),
        ListSchedules: listSchedules(store),
        CreateScheduleGroup: createScheduleGroup(store),
        GetScheduleGroup: getScheduleGroup(store),
        DeleteScheduleGroup: deleteScheduleGroup(store),
        ListScheduleGroups: listScheduleGroups(store),
        TagResource: tagResource(store),
        UntagResource: untagResource(store),
        ListTagsForResource: listTagsForResource(store),
      },
    },
  };
}
