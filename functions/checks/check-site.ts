import * as z from 'zod/mini';
import { client } from '../../aws/clients.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { type LookOptions, lookAt } from '../../aws/doctor/look.ts';
import { readEnvironment } from '../../aws/environment.ts';
import { openLedger } from '../../aws/ledger/ledger.ts';
import { readSite } from '../../aws/ledger/read-site.ts';
import { Slots } from '../../aws/slots.ts';
import { examine, worstOf } from '../../domain/doctor/report.ts';
import { resourceFindings } from '../../domain/doctor/resource-findings.ts';
import { check, type SiteCheckView } from '../../domain/doctor/view.ts';
import { edgeOf, schemeOf } from '../../domain/edges/edge.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { lookupName } from '../../domain/names/lookup-name.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import type { Site } from '../../domain/sites/site.ts';
import { readDistributionChanges } from '../../resources/edge-removals/read-distribution-changes.ts';
import { readEdgeRemovals } from '../../resources/edge-removals/read-edge-removals.ts';
import { readOriginName } from '../../resources/edge-removals/read-origin-name.ts';
import { lookAtCdnOrigin } from '../../resources/probes/look-at-cdn-origin.ts';
import { api, Refusal } from '../shared/api/api.ts';
import { expectedTenant } from '../shared/api/expected-tenant.ts';
import { readBody, readJson } from '../shared/api/read-body.ts';
import { siteNotFound } from '../shared/api/site-path.ts';

/** Names that are looked at side by side. */
const MAX_AT_ONCE = 4;

/** Before the request is given up: to judge, and to write the answer. */
const MARGIN_MS = 6_000;

/**
 * `POST /v1/checks`: looks at every served name of a site from outside, as `npm run doctor` does, and at the origin behind
 * CloudFront, and reads which resource of a site that is live is missing or changed. Nothing is changed and nothing is kept.
 */
export const checkSite = (options: LookOptions = {}) =>
  api(async (event, { now, remaining }) => {
    const { domain: given, webSocketPath } = readCheck(readBody(event));
    const tenant = expectedTenant(event.queryStringParameters);
    const domain = lookupName(given);
    const record = domain === '' ? undefined : await readSite(openLedger(readEnvironment()), domain);
    if (!record || (tenant !== undefined && record.item.site.tenant !== tenant)) throw siteNotFound(given, { tenant });
    const site = record.item.live ?? record.item.site;
    const { port } = edgeOf(site);
    const declared = { scheme: schemeOf(site), port: port(site), http: site.http, access: site.access };
    const slots = new Slots(MAX_AT_ONCE);
    const deadlineMs = remaining() - MARGIN_MS;
    const look = { ...options, now, deadlineMs, ...(webSocketPath !== undefined && { webSocketPath }) };
    const dns = new Resolver({ deadlineMs, ...options.dns, ...(options.connect && { connect: options.connect }) });
    const { connect, documentation } = options;
    const [names, resources, origin] = await Promise.all([
      Promise.all(
        servedNames(site).map((name) => slots.run(async () => examine({ ...(await lookAt(name, look)), declared }))),
      ),
      missingResources(site, record, dns),
      lookAtCdnOrigin(site, {
        record,
        dns,
        clients: client,
        now,
        remaining: () => remaining() - MARGIN_MS,
        ...(connect && { connect }),
        ...(documentation !== undefined && { documentation }),
      }),
    ]);
    const verdict = worstOf([
      ...names.map((report) => report.verdict),
      ...([...resources, ...(origin?.findings ?? [])].length > 0 ? ['findings' as const] : []),
    ]);
    const body: SiteCheckView = {
      domain: record.item.domain,
      checkedAt: now.toISOString(),
      verdict,
      names: names.map((report) => ({ ...report, checkedAt: report.checkedAt.toISOString() })),
      ...(origin && { origin }),
      resources,
    };
    return { status: 200, body };
  });

export const handler = checkSite();

function readCheck(body: string): z.output<typeof check> {
  const parsed = z.safeParse(check, readJson(body));
  if (parsed.success) return parsed.data;
  const detail =
    'Cannot read what is to be checked: send {"domain": "shop.example.com"}, and "webSocketPath" where there is one';
  throw new Refusal('invalid-check', detail, {
    errors: parsed.error.issues.map(({ path, message }) => ({ pointer: `#/${path.join('/')}`, detail: message })),
  });
}

/** Only a site that is live has all of its resources; a step that runs may be changing them. */
async function missingResources(
  site: Site,
  record: SiteRecord,
  dns: Resolver,
): Promise<ReturnType<typeof resourceFindings>> {
  if (record.item.live === undefined || record.item.operation !== undefined) return [];
  const removals = await Promise.all([
    readEdgeRemovals({ site, record, clients: client, moved: true }),
    readOriginName(dns, site),
    readDistributionChanges(site, { record, clients: client }),
  ]);
  return resourceFindings(removals.flat());
}
