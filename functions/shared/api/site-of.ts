import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import type { TimelinePage } from '../../../aws/ledger/read-timeline.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { expectedTenant } from './expected-tenant.ts';
import { domainOf, siteNotFound } from './site-path.ts';

interface Asked {
  timeline?: TimelinePage;
  /** The document of the request: the site must be of its tenant, or of none where it names none. */
  declared?: Pick<Site, 'tenant'>;
}

/**
 * The site that the path of a request names. The one place where it is checked to be of the expected tenant: a site of
 * another is not found, in the words for a domain that has no site.
 *
 * @throws {Refusal} "site-not-found"
 */
export async function siteOf(
  event: APIGatewayProxyEventV2,
  ledger: Ledger,
  { timeline, declared }: Asked = {},
): Promise<SiteRecord> {
  const { domain, given } = domainOf(event);
  const expected = expectedTenant(event.queryStringParameters);
  const record = domain === '' ? undefined : await readSite(ledger, domain, timeline && { timeline });
  const tenant = record?.item.site.tenant;
  if (record && (expected ?? tenant) === tenant && (!declared || declared.tenant === tenant)) return record;
  throw siteNotFound(given, { tenant: declared ? declared.tenant : expected });
}
