import type { Environment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { oneLook } from '../../../aws/one-look.ts';
import { isActive } from '../../../domain/changes/change.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { alarmResource } from '../../../resources/alarm/alarm.ts';
import type { Scope } from '../../../resources/resource.ts';

/**
 * What is wrong with the alarm on the health check of a site, as another tool has left it. Undefined where none was made: a site that is live
 * since before there were such alarms gets it with its next change.
 */
export async function lookAtAlarm(
  record: SiteRecord,
  { environment, ledger, scope }: { environment: Environment; ledger: Ledger; scope: Scope },
): Promise<string[] | undefined> {
  const desired = alarmResource.desired(scope);
  const made = outputIfDone(record, 'CreateAlarm')?.alarmName;
  if (made === undefined || desired.length === 0) return undefined;
  const look = { clients: oneLook(), environment, ledger, phase: 'prepare' as const };
  const changes = alarmResource.changes(desired, await alarmResource.read(look, scope), scope);
  return changes
    .filter((change) => change.phase === 'prepare' && isActive(change))
    .map(({ verb, message }) =>
      verb === 'create'
        ? `The alarm "${made}" is missing: an automatic failover is told of without it by nobody`
        : `The alarm "${made}" was changed: ${message}`,
    );
}
