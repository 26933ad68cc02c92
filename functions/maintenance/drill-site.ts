import { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { readMaintenance } from '../../aws/ledger/maintenance.ts';
import type { Drill, DrillCheck } from '../../domain/failover/drill.ts';
import { isLive } from '../../domain/sites/life/states.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { alarmReader } from '../shared/maintenance/alarm-reader.ts';
import {
  checkAlarm,
  checkHealth,
  checkPage,
  checkRecords,
  checkSite,
  checkTelling,
} from '../shared/maintenance/drill-checks.ts';
import { rememberProofs } from '../shared/maintenance/due.ts';
import type { ReadAlarm } from '../shared/maintenance/follow-maintenance.ts';
import { lookAtFailover } from '../shared/maintenance/look-at-failover.ts';
import { onMaintenance } from '../shared/maintenance/on-maintenance.ts';

/** Of the time that a request has, what is left to write the answer. */
const MARGIN_MS = 6_000;

/**
 * `POST /v1/sites/{domain}/drill`: looks at everything that a failover of the site needs, and moves no traffic. The look
 * counts like the hourly one.
 */
export const drillSite = (
  newResolver: (deadlineMs: number) => Resolver,
  { probes, readAlarm }: { probes: Probes; readAlarm: ReadAlarm },
) =>
  onMaintenance(async ({ ledger, record, now, remaining }) => {
    const { item } = record;
    const { domain } = item;
    const environment = readEnvironment();
    const live: DrillCheck = isLive(item)
      ? { check: 'live', ok: true, found: 'The site is live as declared' }
      : {
          check: 'live',
          ok: false,
          found: item.operation ? 'An operation runs for the site' : 'The site is not live as declared',
          fix: `See the site "${domain}"`,
        };
    const checks = [live];
    if (live.ok) {
      const look = { dns: newResolver(remaining() - MARGIN_MS), probes, remaining: () => remaining() - MARGIN_MS };
      const before = await readMaintenance(ledger, item);
      const [sight, ...others] = await Promise.all([
        lookAtFailover(record, look, { environment, ledger, before, now }),
        checkRecords(record, { environment, ledger, now }),
        checkAlarm(record, { environment, readAlarm }),
      ]);
      await rememberProofs(ledger, item, sight.proofs);
      const health = await checkHealth(record, sight, { environment, now });
      const telling = checkTelling(sight.proofs);
      checks.push(...checkPage(sight.proofs.page), checkSite(record, sight), ...health, ...others.flat(), ...telling);
    }
    const body: Drill = { domain, at: now.toISOString(), ready: checks.every(({ ok }) => ok), checks };
    return { status: 200, body };
  });

export const handler = drillSite((deadlineMs) => new Resolver({ deadlineMs }), {
  probes: PROBES,
  readAlarm: alarmReader,
});
