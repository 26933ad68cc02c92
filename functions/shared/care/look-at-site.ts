import { client } from '../../../aws/clients.ts';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { type LookOptions, lookAt } from '../../../aws/doctor/look.ts';
import { Slots } from '../../../aws/slots.ts';
import type { Finding } from '../../../domain/doctor/finding.ts';
import { examine, type Report } from '../../../domain/doctor/report.ts';
import { resourceFindings } from '../../../domain/doctor/resource-findings.ts';
import type { Seen } from '../../../domain/doctor/seen.ts';
import { edgeOf, schemeOf } from '../../../domain/edges/edge.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { isLive } from '../../../domain/sites/life/states.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { readDistributionChanges } from '../../../resources/edge-removals/read-distribution-changes.ts';
import { readEdgeRemovals } from '../../../resources/edge-removals/read-edge-removals.ts';
import { readOriginName } from '../../../resources/edge-removals/read-origin-name.ts';
import { readInstanceDrift } from '../../../resources/instance/read-drift.ts';
import { type CdnOrigin, lookAtCdnOrigin } from '../../../resources/probes/look-at-cdn-origin.ts';

/** Names that are looked at side by side. */
const MAX_AT_ONCE = 4;

/** What a look at a site works with; `options` are for tests. */
export interface SiteLook {
  record: SiteRecord;
  options: LookOptions;
  now: Date;
  /** Milliseconds until the look has to end. */
  remaining: () => number;
  webSocketPath?: string;
}

/** A served name as it was seen, and what that means. */
export interface NameLook {
  seen: Seen;
  report: Report;
}

/** The document that viewers are served by. */
export const servedDocument = ({ item }: SiteRecord): Site => item.live ?? item.site;

/** The name servers as a look asks them. */
export function lookResolver({ options, remaining }: Pick<SiteLook, 'options' | 'remaining'>): Resolver {
  const { connect, dns } = options;
  return new Resolver({ deadlineMs: remaining(), ...dns, ...(connect && { connect }) });
}

/** Looks at every served name of a site from outside, as `nameplate doctor` does. */
export function lookAtNames({ record, options, now, remaining, webSocketPath }: SiteLook): Promise<NameLook[]> {
  const site = servedDocument(record);
  const declared = { scheme: schemeOf(site), port: edgeOf(site).port(site), http: site.http, access: site.access };
  const slots = new Slots(MAX_AT_ONCE);
  const look = { ...options, now, deadlineMs: remaining(), ...(webSocketPath !== undefined && { webSocketPath }) };
  return Promise.all(
    servedNames(site).map((name) =>
      slots.run(async () => {
        const seen = { ...(await lookAt(name, look)), declared };
        return { seen, report: examine(seen) };
      }),
    ),
  );
}

/** Looks at the origin behind CloudFront, as CloudFront does; undefined of a site without one. */
export function lookAtBehind(
  dns: Resolver,
  { record, options, now, remaining }: SiteLook,
): Promise<CdnOrigin | undefined> {
  const { connect, documentation } = options;
  return lookAtCdnOrigin(servedDocument(record), {
    record,
    dns,
    clients: client,
    now,
    remaining,
    ...(connect && { connect }),
    ...(documentation !== undefined && { documentation }),
  });
}

/**
 * Whether the resources of a site can be judged: only one that is live as its document says has all of them, and its steps tell which. A
 * step that runs may be changing them, and one that is held has changed some.
 */
export function hasSettledResources({ item }: SiteRecord): boolean {
  return isLive(item) && item.live !== undefined;
}

/** What of the resources of a site is missing or changed. */
export async function missingResources(dns: Resolver, record: SiteRecord): Promise<Finding[]> {
  if (!hasSettledResources(record)) return [];
  const site = servedDocument(record);
  const removals = await Promise.all([
    readEdgeRemovals({ site, record, clients: client, moved: true }),
    readOriginName(dns, site),
    readDistributionChanges(site, { record, clients: client }),
    readInstanceDrift(site, { record, clients: client }),
  ]);
  return resourceFindings(removals.flat());
}
