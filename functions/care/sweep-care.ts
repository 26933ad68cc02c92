import { ACMClient } from '@aws-sdk/client-acm';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { type ListedCertificate, listCertificates } from '../../aws/certificates/list-certificates.ts';
import { classify } from '../../aws/classify.ts';
import { client } from '../../aws/clients.ts';
import { readCareFunction, readEnvironment } from '../../aws/environment.ts';
import { invokeEach } from '../../aws/functions/invoke-each.ts';
import { sitesWithAlerts } from '../../aws/ledger/alerts.ts';
import { everyCertificateItem } from '../../aws/ledger/certificates.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { sitesOnceLive } from '../../aws/ledger/sites-once-live.ts';
import type { CertificateItem } from '../../domain/care/certificate-item.ts';
import { hasChanged } from '../../domain/care/has-changed.ts';
import { type CareOrder, readOrder } from '../../domain/care/order.ts';
import { isDue } from '../../domain/care/turn.ts';
import { CLOUDFRONT_REGION } from '../../domain/certificates/place.ts';
import { logger } from '../shared/logging/logger.ts';
import { loggingHandler } from '../shared/logging/logging-handler.ts';

/**
 * Sites that are looked at at once. Route 53 answers ten calls a second for the whole account, beyond a burst of 50, and a look makes
 * three of them (`npm run bench`) in about as many seconds: two a second are left to operations, which try again.
 */
const AT_ONCE = 8;

/** What the last look may take. */
const NEEDED_MS = 35_000;

/** Most certificates that one site is told of. */
const MOST_LISTED = 20;

/**
 * Every hour: has a sixth of the live sites looked at, those that an earlier hour had no time for, those with an alert or a suspicion, and
 * those whose certificate ACM lists otherwise than it was seen last, each by a function of its own.
 */
export const handler = loggingHandler<unknown, void>().handler(async (_, context: Context) => {
  const environment = readEnvironment();
  const ledger = openLedger(environment);
  const now = new Date();
  const known: CertificateItem[] = [];
  for await (const item of everyCertificateItem(ledger)) known.push(item);
  const lastSeen = new Map(known.map(({ domain, seenAt }) => [domain, seenAt]));
  const domains = new Set(await sitesWithAlerts(ledger));
  for await (const domain of sitesOnceLive(ledger))
    if (isDue(domain, { seenAt: lastSeen.get(domain), now })) domains.add(domain);
  if (domains.size === 0 && known.length === 0) return;
  const listings = await listingsOf([...new Set([environment.region, CLOUDFRONT_REGION])]);
  for (const domain of changedSites(known, listings)) domains.add(domain);
  const listed = byName([...listings.values()].flat());
  // Otherwise sites that answer slowly, and are looked at every hour for their alerts, could take all the time that there is.
  const longestAgoFirst = [...domains].sort((one, other) =>
    (lastSeen.get(one) ?? '').localeCompare(lastSeen.get(other) ?? ''),
  );
  const orders = longestAgoFirst.map(
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

/** The certificates of the account by their regions. Those of a region that cannot be listed now are asked for one by one. */
async function listingsOf(regions: readonly string[]): Promise<Map<string, ListedCertificate[]>> {
  const listings = new Map<string, ListedCertificate[]>();
  await Promise.all(
    regions.map(async (region) => {
      try {
        listings.set(region, await listCertificates(client(ACMClient, { region }), { everyStatus: true }));
      } catch (error) {
        if (!classify(error)) throw error;
        logger.warn('Cannot list the certificates', { region, error });
      }
    }),
  );
  return listings;
}

function changedSites(
  known: readonly CertificateItem[],
  listings: ReadonlyMap<string, readonly ListedCertificate[]>,
): string[] {
  const listed = new Map([...listings.values()].flat().map((each) => [each.arn, each]));
  return known.flatMap(({ domain, arn, region = '', ...item }) => {
    if (arn === undefined || !listings.has(region)) return [];
    const [certificate] = readOrder({ domain, listed: [listed.get(arn) ?? []].flat().map(told) });
    return hasChanged(item, certificate) ? [domain] : [];
  });
}

/** The certificates by each name that they are for. */
function byName(certificates: readonly ListedCertificate[]): Map<string, ListedCertificate[]> {
  const found = new Map<string, ListedCertificate[]>();
  for (const certificate of certificates) {
    for (const name of certificate.names ?? [certificate.domain])
      found.set(name, [...(found.get(name) ?? []), certificate]);
  }
  return found;
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
