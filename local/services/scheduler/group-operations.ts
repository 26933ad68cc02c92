import type {
  CreateScheduleGroupInput,
  CreateScheduleGroupOutput,
  DeleteScheduleGroupInput,
  DeleteScheduleGroupOutput,
  GetScheduleGroupInput,
  GetScheduleGroupOutput,
  ListScheduleGroupsInput,
  ListScheduleGroupsOutput,
  ScheduleGroupSummary,
} from '@aws-sdk/client-scheduler';
import type { Call, Judged, Operation } from '../../wire/service.ts';
import { GROUP_DELETION_SECONDS } from './delays.ts';
import { conflict, invalid, quotaExceeded } from './errors.ts';
import { page } from './page.ts';
import { MAX_GROUPS } from './quotas.ts';
import type { Group } from './schedule.ts';
import { checkName } from './settings.ts';
import { DEFAULT_GROUP, type ScheduleStore } from './store.ts';
import { addTags, tagKeys } from './tags.ts';

function onGroup<Input extends { Name?: string | undefined }>(store: ScheduleStore) {
  return {
    resources({ Name = '' }: Input, { region }: Call): Judged[] {
      const tags = store.groups(region).get(Name)?.tags ?? new Map<string, string>();
      const keys = Object.fromEntries([...tags].map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));
      return [{ arn: store.groupArn(Name, region), keys }];
    },
  };
}

export const createScheduleGroup = (
  store: ScheduleStore,
): Operation<CreateScheduleGroupInput, CreateScheduleGroupOutput> => ({
  ...onGroup<CreateScheduleGroupInput>(store),
  conditions: ({ Tags }) => tagKeys(Tags),
  run({ Name: name = '', Tags = [], ClientToken: clientToken }, { region }) {
    checkName('name', name);
    const groups = store.groups(region);
    const there = groups.get(name);
    if (there && clientToken !== undefined && there.clientToken === clientToken) return { ScheduleGroupArn: there.arn };
    if (there) throw conflict(`Schedule group ${name} already exists.`);
    if (groups.size >= MAX_GROUPS) throw quotaExceeded('The maximum number of schedule groups has been reached.');
    const group = { ...store.newGroup(name, region), clientToken };
    addTags(group, Tags);
    groups.set(name, group);
    return { ScheduleGroupArn: group.arn };
  },
});

export const getScheduleGroup = (store: ScheduleStore): Operation<GetScheduleGroupInput, GetScheduleGroupOutput> => ({
  ...onGroup<GetScheduleGroupInput>(store),
  run: ({ Name = '' }, { region }) => shown(store.group(Name, region)),
});

/** Deletes a group with all its schedules, after a while: what is due until then is still invoked. */
export const deleteScheduleGroup = (
  store: ScheduleStore,
): Operation<DeleteScheduleGroupInput, DeleteScheduleGroupOutput> => ({
  ...onGroup<DeleteScheduleGroupInput>(store),
  run({ Name = '' }, { region }) {
    if (Name === DEFAULT_GROUP) throw invalid('The default schedule group cannot be deleted.');
    const group = store.group(Name, region);
    if (group.state === 'DELETING') throw conflict(`Schedule group ${Name} is being deleted.`);
    group.state = 'DELETING';
    const seconds = store.host.draws.seconds('scheduler:group-deleted', group.arn, GROUP_DELETION_SECONDS);
    store.host.clock.after(seconds * 1000, () => {
      for (const schedule of [...group.schedules.values()]) store.remove(schedule);
      store.groups(region).delete(Name);
    });
    return {};
  },
});

export const listScheduleGroups = (
  store: ScheduleStore,
): Operation<ListScheduleGroupsInput, ListScheduleGroupsOutput> => ({
  run({ NamePrefix = '', ...paging }, { region }) {
    const found = [...store.groups(region).values()].filter(({ name }) => name.startsWith(NamePrefix));
    const { items, ...next } = page(
      found.sort((a, b) => (a.name < b.name ? -1 : 1)),
      paging,
    );
    return { ScheduleGroups: items.map(shown), ...next };
  },
});

const shown = ({ arn, name, state, createdAt, modifiedAt }: Group): ScheduleGroupSummary => ({
  Arn: arn,
  Name: name,
  State: state,
  CreationDate: createdAt,
  LastModificationDate: modifiedAt,
});
