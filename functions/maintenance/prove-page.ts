import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { classify } from '../../aws/classify.ts';
import { client } from '../../aws/clients.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { readCareFunction, readEnvironment } from '../../aws/environment.ts';
import { sendEvent } from '../../aws/functions/send-event.ts';
import { type Ledger, openLedger } from '../../aws/ledger/ledger.ts';
import { readMaintenance } from '../../aws/ledger/maintenance.ts';
import { readSite, readSiteItem } from '../../aws/ledger/read-site.ts';
import { FAILOVER_AREAS, failoverConcerns } from '../../domain/care/failover-concerns.ts';
import type { CareOrder } from '../../domain/care/order.ts';
import type { SiteItem } from '../../domain/ledger/site-item.ts';
import { isLive } from '../../domain/sites/life/states.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { alertsBefore, settleAlerts } from '../shared/care/settle-alerts.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { rememberPageSeen, rememberProofs } from '../shared/maintenance/due.ts';
import { endFailover, healthCheckAlarm } from '../shared/maintenance/follow-failover.ts';
import { type FailoverSight, lookAtFailover } from '../shared/maintenance/look-at-failover.ts';
import type { PageLook } from '../shared/maintenance/look-at-page.ts';
import { restorePage } from '../shared/maintenance/restore-page.ts';

interface ProveEvent {
  domain: string;
}

/**
 * Looks at what the failover of a live site needs, remembers what was found, and alerts people of what is not ready. A page that another
 * tool has deleted or changed is written anew. A certificate that viewers refuse is alerted by the look at the whole site.
 */
export const provePage = (newResolver: () => Resolver, probes: Probes) =>
  loggingHandler<ProveEvent, void>().handler(async ({ domain }, context: Context) => {
    logger.appendKeys({ domain });
    try {
      await prove(domain, { dns: newResolver(), probes, remaining: () => context.getRemainingTimeInMillis() });
    } catch (error) {
      throw classify(error) ?? error;
    }
  });

export const handler = provePage(() => new Resolver(), PROBES);

/** Whether the alarm would tell of the end of a failover. */
function canTell({ proofs: { healthCheck, healthCheckAlarm } }: FailoverSight): boolean {
  return healthCheck?.isReady !== false && healthCheckAlarm?.isReady !== false;
}

/** An operation that has begun since a site was read changes what is looked at, and looks at it by itself. */
async function isAsRead(ledger: Ledger, { domain, revision, state }: SiteItem): Promise<boolean> {
  const latest = await readSiteItem(ledger, domain);
  return latest?.revision === revision && latest.state === state;
}

async function prove(domain: string, look: PageLook): Promise<void> {
  const now = new Date();
  const environment = readEnvironment();
  const ledger = openLedger(environment);
  const record = await readSite(ledger, domain);
  if (!record?.item.site.failover || !isLive(record.item)) return;
  const looking = { environment, ledger, before: await readMaintenance(ledger, record.item), now };
  const around = { ledger, environment };
  const settle = async (): Promise<FailoverSight | undefined> => {
    const alerts = (await alertsBefore(around, domain, now)).filter(({ area }) => FAILOVER_AREAS.includes(area));
    const sight = await lookAtFailover(record, look, looking);
    if (!(await isAsRead(ledger, record.item))) return undefined;
    const { page, proofs } = sight;
    const concerns = failoverConcerns(domain, {
      page,
      healthCheck: proofs.healthCheck?.problems,
      healthCheckAlarm: proofs.healthCheckAlarm?.problems,
    });
    await settleAlerts(around, { before: alerts, found: { concerns, unseen: [] }, item: record.item, now });
    return sight;
  };
  let sight = await settle();
  const isOtherPage = sight?.page.some(({ reason }) => reason === 'pageUnacceptable');
  if (isOtherPage && (await restorePage(record.item, { environment, ledger, now }))) sight = await settle();
  if (!sight) return;
  await rememberProofs(ledger, record.item, sight.proofs);
  if (sight.isFailedOver) await rememberPageSeen(ledger, record.item, now);
  if (sight.isSeen && !canTell(sight)) {
    const arn = await healthCheckAlarm(record.item, around);
    await endFailover({ ...around, now }, record.item, arn);
  }
  if (sight.proofs.certificate?.isReady !== false) return;
  await sendEvent(client(LambdaClient), readCareFunction(), { domain } satisfies CareOrder);
}
