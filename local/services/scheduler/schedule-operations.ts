import type {
  CreateScheduleInput,
  CreateScheduleOutput,
  DeleteScheduleInput,
  DeleteScheduleOutput,
  GetScheduleInput,
  GetScheduleOutput,
  ListSchedulesInput,
  ListSchedulesOutput,
  UpdateScheduleInput,
  UpdateScheduleOutput,
} from '@aws-sdk/client-scheduler';
import { passingRole } from '../../wire/passing-role.ts';
import type { Call, Dependent, Judged, Operation } from '../../wire/service.ts';
import { conflict, invalid } from './errors.ts';
import type { Firing } from './firing.ts';
import { page } from './page.ts';
import type { Group, Schedule, Settings } from './schedule.ts';
import { checkName, settingsOf } from './settings.ts';
import { DEFAULT_GROUP, type ScheduleStore } from './store.ts';

interface Named {
  Name?: string | undefined;
  GroupName?: string | undefined;
}

/** What every operation on one schedule is judged by: its ARN, with the tags of its group. */
function onSchedule<Input extends Named>(store: ScheduleStore) {
  return {
    resources({ Name = '', GroupName = DEFAULT_GROUP }: Input, { region }: Call): Judged[] {
      const tags = store.groups(region).get(GroupName)?.tags ?? new Map<string, string>();
      const keys = Object.fromEntries([...tags].map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));
      return [{ arn: store.scheduleArn(Name, GroupName, region), keys }];
    },
  };
}

const passing = ({ Target }: { Target?: { RoleArn?: string | undefined } | undefined }): Dependent[] =>
  Target?.RoleArn === undefined ? [] : [passingRole(Target.RoleArn, 'scheduler.amazonaws.com')];

export const createSchedule = (
  store: ScheduleStore,
  firing: Firing,
): Operation<CreateScheduleInput, CreateScheduleOutput> => ({
  ...onSchedule<CreateScheduleInput>(store),
  dependents: passing,
  run(input, { region }) {
    const { Name: name = '', GroupName: groupName = DEFAULT_GROUP, ClientToken: clientToken } = input;
    checkName('name', name);
    const now = store.host.clock.now();
    const settings = settingsOf(input, now);
    const group = store.group(groupName, region);
    const there = group.schedules.get(name);
    if (there && clientToken !== undefined && there.clientToken === clientToken) return { ScheduleArn: there.arn };
    if (there) throw conflict(`Schedule ${name} already exists.`);
    refuseUnmet(store, settings);
    if (group.state === 'DELETING') throw conflict(`Schedule group ${groupName} is being deleted.`);
    refuseUntrusting(firing, settings.target.RoleArn, group);
    const arn = store.scheduleArn(name, groupName, region);
    const times = { createdAt: now, modifiedAt: now };
    const progress = { timer: undefined, running: 0, spent: false, deleted: false };
    const schedule: Schedule = { ...settings, arn, name, group, clientToken, ...times, ...progress };
    group.schedules.set(name, schedule);
    firing.plan(schedule, new Date(now.getTime() - 1));
    return { ScheduleArn: arn };
  },
});

/** Puts everything anew: what is left out is as if it had never been said. */
export const updateSchedule = (
  store: ScheduleStore,
  firing: Firing,
): Operation<UpdateScheduleInput, UpdateScheduleOutput> => ({
  ...onSchedule<UpdateScheduleInput>(store),
  dependents: passing,
  run(input, { region }) {
    const { Name: name = '', GroupName: groupName = DEFAULT_GROUP } = input;
    const now = store.host.clock.now();
    const schedule = store.schedule(name, groupName, region);
    const settings = settingsOf(input, now);
    refuseUnmet(store, settings);
    refuseUntrusting(firing, settings.target.RoleArn, schedule.group);
    Object.assign(schedule, settings, { modifiedAt: now });
    firing.plan(schedule, now);
    return { ScheduleArn: schedule.arn };
  },
});

/**
 * A time that is past, or that a change of the clocks leaves out. Reports differ on whether AWS refuses it or takes it and never fires:
 * here both happen, so that no caller relies on one. Checked 2026-11-30.
 */
function refuseUnmet({ host }: ScheduleStore, { occurrences, expression }: Settings): void {
  const now = host.clock.now();
  if (occurrences.kind !== 'at' || occurrences.next(now, now)) return;
  if (host.draws.fraction('scheduler:unmet') < 0.5) throw invalid(`Invalid Schedule Expression ${expression}.`);
}

/** The words: issues of Terraform's aws_scheduler_schedule, among others; checked 2026-11-30. */
function refuseUntrusting(firing: Firing, roleArn: string, group: Group): void {
  if (firing.assumable(roleArn, group)) return;
  throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
}

export const getSchedule = (store: ScheduleStore): Operation<GetScheduleInput, GetScheduleOutput> => ({
  ...onSchedule<GetScheduleInput>(store),
  run({ Name = '', GroupName = DEFAULT_GROUP }, { region }) {
    const schedule = store.schedule(Name, GroupName, region);
    return {
      Arn: schedule.arn,
      GroupName: schedule.group.name,
      Name: schedule.name,
      ScheduleExpression: schedule.expression,
      ScheduleExpressionTimezone: schedule.zone,
      StartDate: schedule.start,
      EndDate: schedule.end,
      Description: schedule.description,
      State: schedule.state,
      CreationDate: schedule.createdAt,
      LastModificationDate: schedule.modifiedAt,
      KmsKeyArn: schedule.kmsKeyArn,
      Target: schedule.target,
      FlexibleTimeWindow: schedule.window,
      ActionAfterCompletion: schedule.afterCompletion,
    };
  },
});

export const deleteSchedule = (store: ScheduleStore): Operation<DeleteScheduleInput, DeleteScheduleOutput> => ({
  ...onSchedule<DeleteScheduleInput>(store),
  run({ Name = '', GroupName = DEFAULT_GROUP }, { region }) {
    store.remove(store.schedule(Name, GroupName, region));
    return {};
  },
});

export const listSchedules = (store: ScheduleStore): Operation<ListSchedulesInput, ListSchedulesOutput> => ({
  run({ GroupName, NamePrefix = '', State, ...paging }, { region }) {
    const groups = GroupName === undefined ? [...store.groups(region).values()] : [store.group(GroupName, region)];
    const found = groups
      .flatMap(({ schedules }) => [...schedules.values()])
      .filter(({ name, state }) => name.startsWith(NamePrefix) && (State === undefined || State === state))
      .sort((a, b) => (a.arn < b.arn ? -1 : 1));
    const { items, ...next } = page(found, paging);
    return {
      Schedules: items.map((schedule) => ({
        Arn: schedule.arn,
        Name: schedule.name,
        GroupName: schedule.group.name,
        State: schedule.state,
        CreationDate: schedule.createdAt,
        LastModificationDate: schedule.modifiedAt,
        Target: { Arn: schedule.target.Arn },
      })),
      ...next,
    };
  },
});
