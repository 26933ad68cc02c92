import type { Environment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { oneLook } from '../../../aws/one-look.ts';
import { isActive } from '../../../domain/changes/change.ts';
import { CODES } from '../../../domain/doctor/codes.ts';
import type { DrillCheck } from '../../../domain/failover/drill.ts';
import { alarmArn, drivingAlarm } from '../../../domain/failover/health-check-alarm.ts';
import { isOn } from '../../../domain/failover/maintenance.ts';
import type { Proof, Proofs } from '../../../domain/failover/proof.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { RESTORE_ADVICE } from '../../../domain/plans/restore-advice.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import { healthCheckObserved } from '../../../resources/gates/health-check-observed/health-check-observed.ts';
import { trafficRecords } from '../../../resources/record/traffic-records.ts';
import type { ReadAlarm } from './follow-maintenance.ts';
import { type FailoverSight, scopeOf } from './look-at-failover.ts';

interface Drilling {
  environment: Environment;
  now: Date;
}

/** The page at the distribution, under every name and with its certificate. */
export function checkPage({ isReady, problems }: Proof): DrillCheck[] {
  if (isReady)
    return [{ check: 'page', ok: true, found: 'The page answers under every name, with a certificate for it' }];
  return [
    {
      check: 'page',
      ok: false,
      found: problems.join('; '),
      fix: `${CODES.pageNotReady.fix}. While the origin is down or the page is on, switching maintenance on writes it and leads viewers there`,
    },
  ];
}

/** What viewers get where DNS leads them: an expired certificate never fails a health check. */
export function checkSite({ item }: SiteRecord, { probed, isFailedOver }: FailoverSight): DrillCheck {
  if (isFailedOver) {
    const found = 'The origin is down, and the failover shows viewers the page with a good certificate';
    return { check: 'certificate', ok: true, found };
  }
  const wrong = 'failure' in probed ? [probed.failure] : probed.findings.map(({ message }) => message);
  if (wrong.length === 0) {
    const what = isOn(item) ? 'The maintenance page' : 'What DNS leads viewers to';
    return { check: 'certificate', ok: true, found: `${what} answers with a good certificate` };
  }
  const fix = `Run the doctor on "${item.domain}"`;
  return { check: 'certificate', ok: false, found: [...new Set(wrong)].join('; '), fix };
}

/** Whether the records are as they were written. */
export async function checkRecords(record: SiteRecord, drilling: Drilling & { ledger: Ledger }): Promise<DrillCheck[]> {
  if (isExternal(record.item.site)) return [];
  const changes = await recordChanges(record, drilling);
  if (changes.length === 0) return [{ check: 'records', ok: true, found: 'The records are as declared' }];
  return [{ check: 'records', ok: false, found: `To be as declared: ${changes.join('; ')}`, fix: RESTORE_ADVICE }];
}

/** What would make the records as they were written, a sentence each; none where others hold them. */
export async function recordChanges(
  record: SiteRecord,
  { environment, ledger, now }: Drilling & { ledger: Ledger },
): Promise<string[]> {
  if (isExternal(record.item.site)) return [];
  const scope = scopeOf(record, { environment, now });
  const look = { clients: oneLook(), environment, ledger, phase: 'shift' as const };
  const actual = await trafficRecords.read(look, scope);
  return trafficRecords
    .changes(trafficRecords.desired(scope), actual, scope)
    .filter((change) => isActive(change) || change.verb === 'conflict')
    .map(({ message }) => message);
}

/** Whether the health check is as it was made, and its checkers get an answer: behind CloudFront there is none. */
export async function checkHealth(
  record: SiteRecord,
  { proofs: { healthCheck }, isFailedOver }: FailoverSight,
  drilling: Drilling,
): Promise<DrillCheck[]> {
  if (!healthCheck) return [];
  if (!healthCheck.isReady)
    return [{ check: 'health check', ok: false, found: healthCheck.problems.join('; '), fix: RESTORE_ADVICE }];
  const scope = { ...scopeOf(record, drilling), again: false, waitedMs: 0, restored: false };
  const sight = await healthCheckObserved.look({ clients: oneLook(), environment: drilling.environment }, scope);
  const { state, message } = healthCheckObserved.judge(sight, scope);
  // One that has found the origin down has done its work.
  if (state === 'open' || isFailedOver) return [{ check: 'health check', ok: true, found: message }];
  return [{ check: 'health check', ok: false, found: message, fix: 'Have what serves the site answer the checkers' }];
}

/** Whether a failover of Route 53 would be told of. */
export function checkTelling({ healthCheckAlarm: alarm }: Pick<Proofs, 'healthCheckAlarm'>): DrillCheck[] {
  if (!alarm) return [];
  const check = 'health check alarm';
  if (alarm.isReady) return [{ check, ok: true, found: 'The alarm on the health check is as it was made' }];
  return [{ check, ok: false, found: alarm.problems.join('; '), fix: RESTORE_ADVICE }];
}

/** Whether the alarm of the site is there, and not muted. */
export async function checkAlarm(
  record: SiteRecord,
  { environment, readAlarm }: { environment: Pick<Environment, 'account'>; readAlarm: ReadAlarm },
): Promise<DrillCheck[]> {
  const ours = outputIfDone(record, 'CreateAlarm')?.alarmName;
  const arn = drivingAlarm(record.item.site, ours && alarmArn(environment.account, ours));
  if (arn === undefined) return [];
  const reading = await readAlarm(arn);
  if (!reading)
    return [
      {
        check: 'alarm',
        ok: false,
        found: `There is no alarm "${arn}"`,
        fix: 'Create it, or declare the site with another one',
      },
    ];
  if (reading.isMuted)
    return [{ check: 'alarm', ok: false, found: `The alarm "${arn}" is muted`, fix: 'End its mute rule' }];
  return [{ check: 'alarm', ok: true, found: `The alarm is ${reading.state} since ${reading.since}` }];
}
