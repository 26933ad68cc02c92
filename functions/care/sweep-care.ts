import { ACMClient } from '@aws-sdk/client-acm';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { type ListedCertificate, listCertificates } from '../../aws/certificates/list-certificates.ts';
import { classify } from '../../aws/classify.ts';
import { client } from '../../aws/clients.ts';
import { readCareFunction, readEnvironment } from '../../aws/environment.ts';
import { invokeEach } from '../../aws/functions/invoke-each.ts';
import { sitesWithAlerts } from '../../aws/ledger/alerts.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { sitesOnceLive } from '../../aws/ledger/sites-once-live.ts';
import type { CareOrder } from '../../domain/care/order.ts';
import { isTurn } from '../../domain/care/turn.ts';
import { CLOUDFRONT_REGION } from '../../domain/certificates/place.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';

/**
 * Sites that are looked at at once. Route 53 answers ten calls a second for the whole account, and a look makes about three in as many
 * seconds: half of that is left to operations.
 */
const AT_ONCE = 8;

/** What the last look may take. */
const NEEDED_MS = 35_000;

/** Most certificates that one site is told of. */
const MOST_LISTED = 20;

/** Every hour: has a sixth of the live sites looked at, and those with an alert or a suspicion, each by a function of its own. */
export const handler = loggingHandler<unknown, void>().handler(async (_, context: Context) => {
  const environment = readEnvironment();
  const ledger = openLedger(environment);
  const now = new Date();
  const domains = new Set(await sitesWithAlerts(ledger));
  for await (const domain of sitesOnceLive(ledger)) if (isTurn(domain, now)) domains.add(domain);
  if (domains.size === 0) return;
  const listed = await certificatesByName([...new Set([environment.region, CLOUDFRONT_REGION])]);
  const orders = [...domains].map(
    (domain): CareOrder => ({ domain, listed: (listed.get(domain) ?? []).slice(0, MOST_LISTED).map(told) }),
  );
  const { failures, left } = await invokeEach(client(LambdaClient), orders, {
    name: readCareFunction(),
    atOnce: AT_ONCE,
    isAwaited: true,
    remaining: () => context.getRemainingTimeInMillis() - NEEDED_MS,
  });
  for (const { event, error } of failures) logger.error('Cannot look at the site', { event, error });
  if (left.length > 0) logger.error('No time was left for sites', { left: left.length, of: orders.length });
});

/** The certificates of the account by each name that they are for. What cannot be listed now is asked for one by one. */
async function certificatesByName(regions: readonly string[]): Promise<Map<string, ListedCertificate[]>> {
  const listings = await Promise.all(
    regions.map((region) =>
      listCertificates(client(ACMClient, { region }), { everyStatus: true }).catch((error: unknown) => {
        if (!classify(error)) throw error;
        logger.warn('Cannot list the certificates', { region, error });
        return [];
      }),
    ),
  );
  const byName = new Map<string, ListedCertificate[]>();
  for (const certificate of listings.flat()) {
    for (const name of certificate.names ?? [certificate.domain])
      byName.set(name, [...(byName.get(name) ?? []), certificate]);
  }
  return byName;
}

function told({
  arn,
  status,
  type,
  startsAt,
  expiresAt,
  inUse,
  isEligible,
}: ListedCertificate): NonNullable<CareOrder['listed']>[number] {
  return {
    arn,
    status,
    type,
    inUse,
    isEligible,
    ...(startsAt && { validFrom: startsAt.toISOString() }),
    ...(expiresAt && { validTo: expiresAt.toISOString() }),
  };
}
