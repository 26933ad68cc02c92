import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { listAlarms } from '../../aws/alarms/list-alarms.ts';
import type { Clients } from '../../aws/one-look.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import {
  alarmOf,
  alarmPrefix,
  type HealthCheckAlarm,
  METRICS_REGION,
} from '../../domain/failover/health-check-alarm.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { type StepOutputs, stepOf } from '../../domain/ledger/outputs.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { wasKept } from '../scope.ts';
import { alarmChanges, type SeenAlarms, TYPE } from './changes.ts';

/**
 * The CloudWatch alarm on the health check of a site: it tells of the failover that Route 53 makes by itself. No viewer is led by it, unless
 * the document says so.
 */
export const alarmResource: Resource<HealthCheckAlarm, SeenAlarms, StepOutputs['CreateAlarm']> = {
  type: TYPE,
  desired: ({ site, known, owner }) => {
    const id = known.CreateHealthCheck?.healthCheckId;
    return site && id !== undefined && needsResource(site, TYPE) ? [alarmOf(owner, id)] : [];
  },
  read: readAlarms,
  changes: alarmChanges,
  handles: ([desired]) => desired && { alarmName: desired.name },
};

/** CloudWatch where the metrics of health checks are. */
export const cloudWatchOf = (clients: Clients): CloudWatchClient =>
  clients(CloudWatchClient, { region: METRICS_REGION });

async function readAlarms(look: Look, scope: Scope): Promise<SeenAlarms> {
  // CloudWatch is not asked for a site that never had an alarm.
  if (alarmResource.desired(scope).length === 0 && !hasHadOne(scope)) return { own: [] };
  const all = await listAlarms(cloudWatchOf(look.clients), alarmPrefix(scope.owner));
  return { own: all.filter(({ AlarmName: id = '' }) => !wasKept(scope, { type: TYPE, id })) };
}

function hasHadOne({ record }: Scope): boolean {
  return record !== undefined && (madeOf(record, TYPE).length > 0 || stepOf(record, 'CreateAlarm') !== undefined);
}
