import type { Host } from '../../host.ts';
import { notFound } from './errors.ts';
import type { Group, Schedule } from './schedule.ts';

/** The group that every Region has from the beginning. */
export const DEFAULT_GROUP = 'default';

/** The groups of every Region with their schedules. */
export class ScheduleStore {
  readonly host: Host;
  readonly #regions = new Map<string, Map<string, Group>>();

  constructor(host: Host) {
    this.host = host;
  }

  groups(region: string): Map<string, Group> {
    const known = this.#regions.get(region);
    if (known) return known;
    const groups = new Map<string, Group>();
    this.#regions.set(region, groups);
    groups.set(DEFAULT_GROUP, this.newGroup(DEFAULT_GROUP, region));
    return groups;
  }

  newGroup(name: string, region: string): Group {
    const now = this.host.clock.now();
    return {
      arn: this.groupArn(name, region),
      name,
      region,
      state: 'ACTIVE',
      createdAt: now,
      modifiedAt: now,
      tags: new Map(),
      schedules: new Map(),
      clientToken: undefined,
    };
  }

  groupArn(name: string, region: string): string {
    return `arn:aws:scheduler:${region}:${this.host.account}:schedule-group/${name}`;
  }

  scheduleArn(name: string, group: string, region: string): string {
    return `arn:aws:scheduler:${region}:${this.host.account}:schedule/${group}/${name}`;
  }

  /** Throws ResourceNotFoundException. */
  group(name: string, region: string): Group {
    const group = this.groups(region).get(name);
    if (!group) throw notFound(`Schedule group ${name} does not exist.`);
    return group;
  }

  /** Throws ResourceNotFoundException. */
  schedule(name: string, groupName: string, region: string): Schedule {
    const schedule = this.group(groupName, region).schedules.get(name);
    if (!schedule) throw notFound(`Schedule ${name} does not exist.`);
    return schedule;
  }

  remove(schedule: Schedule): void {
    schedule.timer?.cancel();
    schedule.deleted = true;
    if (schedule.group.schedules.get(schedule.name) === schedule) schedule.group.schedules.delete(schedule.name);
  }
}
