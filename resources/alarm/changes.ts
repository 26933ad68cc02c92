import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import type { HealthCheckAlarm } from '../../domain/failover/health-check-alarm.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';
import { configOf, differences } from './config.ts';

export const TYPE = 'alarm';

export interface SeenAlarms {
  own: readonly MetricAlarm[];
}

export function alarmChanges([desired]: readonly HealthCheckAlarm[], { own }: SeenAlarms, scope: Scope): Change[] {
  const isDesired = ({ AlarmName }: MetricAlarm): boolean => AlarmName === desired?.name;
  return [
    ...inPhase('prepare', desired ? [desiredChange(desired, own.find(isDesired), scope)] : []),
    ...inPhase(
      'release',
      own.filter((each) => !isDesired(each)).map((each) => removal(each, scope)),
    ),
  ];
}

function desiredChange(desired: HealthCheckAlarm, alarm: MetricAlarm | undefined, { owner }: Scope): Unphased {
  const config = configOf(desired);
  if (!alarm) {
    const message = `Create an alarm on the health check, which tells when Route 53 leads viewers to the page by itself`;
    return {
      verb: 'create',
      resource: { type: TYPE, name: owner.domain },
      after: { ...config, tags: ownerTags(owner) },
      message,
    };
  }
  const resource: ResourceRef = { type: TYPE, name: owner.domain, id: desired.name };
  const differing = differences(alarm, config);
  if (!differing) return kept(resource, config, `Use the alarm "${desired.name}"`);
  const settings = Object.keys(differing.after).join(', ');
  return { verb: 'update', resource, ...differing, message: `Set ${settings} of the alarm "${desired.name}" back` };
}

/** It is there for as long as its health check. */
function removal({ AlarmName: id = '', Dimensions = [] }: MetricAlarm, { owner, known }: Scope): Unphased {
  const resource: ResourceRef = { type: TYPE, name: owner.domain, id };
  const left = known.RemoveHealthChecks?.left ?? [];
  const check = left.find((each) => each.type === 'health check' && id.endsWith(each.id));
  if (check) return { verb: 'retain', resource, message: `the health check ${check.id} is not removed either` };
  return { verb: 'delete', resource, before: { Dimensions }, message: `Delete the alarm "${id}"` };
}
