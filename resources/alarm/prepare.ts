import type { MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { putAlarm } from '../../aws/alarms/put-alarm.ts';
import { client } from '../../aws/clients.ts';
import { rememberAlarm } from '../../aws/ledger/alarm-sites.ts';
import { alarmArn, type HealthCheckAlarm } from '../../domain/failover/health-check-alarm.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applying } from '../resource.ts';
import { alarmResource, cloudWatchOf } from './alarm.ts';
import type { SeenAlarms } from './changes.ts';
import { configOf } from './config.ts';
import { standingAlarms } from './standing.ts';

/** Creates the alarm, or sets back what another tool has changed of it. */
export const prepareAlarm: Applying<HealthCheckAlarm, SeenAlarms> = {
  standing: standingAlarms,

  async apply({ verb, resource: { id } }, { own }, { ledger, environment, scope }) {
    const [desired] = alarmResource.desired(scope);
    if (!desired) throw new Error(`Cannot create an alarm for "${scope.owner.domain}": the site needs none`);
    const before = own.find(({ AlarmName }) => AlarmName === id);
    const alarm = { ...usersPart(before), ...configOf(desired), AlarmName: desired.name };
    const { domain } = scope.owner;
    // Before it is there: an event of it names the alarm alone.
    if (!before) await rememberAlarm(ledger, { arn: alarmArn(environment.account, desired.name), domain });
    const AlarmDescription = `Bad while Route 53 leads viewers of ${domain} to its maintenance page`;
    await putAlarm(cloudWatchOf(client), {
      AlarmDescription,
      ...alarm,
      ...(!before && { tags: ownerTags(scope.owner) }),
    });
    const others = own.filter((each) => each !== before);
    return {
      actual: { own: [...others, alarm] },
      message: `${verb === 'create' ? 'Created' : 'Set back'} the alarm "${desired.name}"`,
    };
  },
};

/** What a user may have added: a change that leaves it out would take it away. */
function usersPart(alarm: MetricAlarm = {}): Partial<PutMetricAlarmInput> {
  const { ActionsEnabled, AlarmActions, OKActions, InsufficientDataActions, AlarmDescription } = alarm;
  const part = { ActionsEnabled, AlarmActions, OKActions, InsufficientDataActions, AlarmDescription };
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}
