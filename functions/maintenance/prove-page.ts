import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Context } from 'aws-lambda';
import { classify } from '../../aws/classify.ts';
import { client } from '../../aws/clients.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { putEvent } from '../../aws/events/put-event.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { readMaintenance } from '../../aws/ledger/maintenance.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { ALERTS, isNewlyBroken, type Proof, type Proofs } from '../../domain/failover/proof.ts';
import { isLive } from '../../domain/sites/life/states.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { rememberProofs } from '../shared/maintenance/due.ts';
import { lookAtFailover } from '../shared/maintenance/look-at-failover.ts';
import type { PageLook } from '../shared/maintenance/look-at-page.ts';
import { restorePage } from '../shared/maintenance/restore-page.ts';

interface ProveEvent {
  domain: string;
}

/**
 * Looks at what the failover of a live site needs, remembers what was found, and tells people once of each thing that is not ready. A page
 * that another tool has deleted or changed is written anew.
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

async function prove(domain: string, look: PageLook): Promise<void> {
  const now = new Date();
  const environment = readEnvironment();
  const ledger = openLedger(environment);
  const record = await readSite(ledger, domain);
  if (!record?.item.site.failover || !isLive(record.item)) return;
  const before = await readMaintenance(ledger, record.item);
  const tell = (detailType: string, problems: string[]) => {
    const detail = { domain, problems, at: now.toISOString() };
    return putEvent(client(EventBridgeClient), { bus: environment.eventBusName, detailType, detail });
  };
  const looking = { environment, before, now };
  const first = await lookAtFailover(record, look, looking);
  const isWritten = first.isOtherPage && (await restorePage(record.item, { environment, ledger, now }));
  const { proofs } = isWritten ? await lookAtFailover(record, look, looking) : first;
  if (isWritten && proofs.page.isReady) await tell('Page Restored', first.proofs.page.problems);
  for (const [kind, proof] of Object.entries(proofs) as [keyof Proofs, Proof][]) {
    if (!isNewlyBroken(before[kind], proof)) continue;
    await tell(ALERTS[kind], proof.problems);
  }
  await rememberProofs(ledger, record.item, proofs);
}
