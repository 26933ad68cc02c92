import { deleteAlarm, untagAlarm } from '../../aws/alarms/delete-alarm.ts';
import { client } from '../../aws/clients.ts';
import { forgetAlarm } from '../../aws/ledger/alarm-sites.ts';
import { alarmArn, type HealthCheckAlarm } from '../../domain/failover/health-check-alarm.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applying, Doing } from '../resource.ts';
import { cloudWatchOf } from './alarm.ts';
import type { SeenAlarms } from './changes.ts';
import { standingAlarms } from './standing.ts';

/** Deletes the alarms whose health checks are gone. */
export const releaseAlarm: Applying<HealthCheckAlarm, SeenAlarms> = {
  standing: standingAlarms,

  async unmark({ resource: { id = '' } }, _, doing) {
    const arn = await forgotten(id, doing);
    await untagAlarm(cloudWatchOf(client), { arn, keys: Object.keys(ownerTags(doing.scope.owner)) });
  },

  async apply({ resource: { id = '' } }, { own }, doing) {
    await forgotten(id, doing);
    await deleteAlarm(cloudWatchOf(client), id);
    return {
      actual: { own: own.filter((each) => each.AlarmName !== id) },
      message: `Deleted the alarm "${id}"`,
    };
  },
};

/** What it tells from now on is not followed. Its ARN. */
async function forgotten(name: string, { ledger, environment, scope }: Doing): Promise<string> {
  const arn = alarmArn(environment.account, name);
  await forgetAlarm(ledger, { arn, domain: scope.owner.domain });
  return arn;
}
