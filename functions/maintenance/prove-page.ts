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
import { isNewlyBroken } from '../../domain/failover/page-proof.ts';
import { isLive } from '../../domain/sites/life/states.ts';
import { PROBES, type Probes } from '../../resources/probes/probe-edge.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';
import { changeMaintenance } from '../shared/maintenance/due.ts';
import { lookAtPage } from '../shared/maintenance/look-at-page.ts';

interface ProveEvent {
  domain: string;
}

/** Looks at the maintenance page of a live site, remembers what was found, and tells people once when it is not ready. */
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

async function prove(domain: string, look: Parameters<typeof lookAtPage>[1]): Promise<void> {
  const now = new Date();
  const environment = readEnvironment();
  const ledger = openLedger(environment);
  const record = await readSite(ledger, domain);
  if (!record?.item.site.failover || !isLive(record.item)) return;
  const { page: before } = await readMaintenance(ledger, record.item);
  const page = await lookAtPage(record, look, { before, now });
  if (isNewlyBroken(before, page)) {
    const detail = { domain, problems: page.problems, at: page.at };
    await putEvent(client(EventBridgeClient), { bus: environment.eventBusName, detailType: 'Page Not Ready', detail });
  }
  await changeMaintenance(ledger, record.item, (item) => ({ ...item, page }));
}
