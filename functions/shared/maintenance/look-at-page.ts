import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { madeOf } from '../../../domain/ledger/made-of.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { currentPage } from '../../../domain/pages/current-page.ts';
import { maintenanceMessage } from '../../../domain/pages/maintenance-message.ts';
import { pageVersion } from '../../../domain/pages/page-version.ts';
import type { Finding } from '../../../domain/probes/certificate.ts';
import type { Probes } from '../../../resources/probes/probe-edge.ts';
import { probePageAtDistribution } from '../../../resources/probes/probe-page.ts';

/** What a look at a page needs. */
export interface PageLook {
  dns: Resolver;
  probes: Probes;
  /** Milliseconds until the look has to end. */
  remaining: () => number;
}

/**
 * Looks at the maintenance page of a site under all of its names at the distribution, certificate included, wherever viewers are led: what
 * is never asked is broken when it is needed (failures F6). What is wrong with it.
 */
export async function lookAtPage(record: SiteRecord, look: PageLook, now: Date): Promise<Finding[]> {
  const { site, domain } = record.item;
  const made = outputIfDone(record, 'CreateDistribution');
  if (!made) return [{ reason: 'unreachable', message: `The distribution of "${domain}" is not there` }];
  try {
    const { findings } = await probePageAtDistribution(
      { site, domainName: made.domainName, now, html: writtenPage(record) },
      look,
    );
    return findings;
  } catch (error) {
    if (error instanceof DnsFailure)
      return [{ reason: 'unreachable', message: `Cannot look the distribution up: ${error.message}` }];
    throw error;
  }
}

/** The page as it was written; undefined where that was by a version with another design, until the next operation writes it anew. */
function writtenPage(record: SiteRecord): string | undefined {
  const { domain, site, ...standing } = record.item;
  if (!site.failover) return undefined;
  const version = pageVersion(site.failover.page, { domain, message: maintenanceMessage(standing) });
  return madeOf(record, 'page').some((each) => each.version === version) ? currentPage(record.item) : undefined;
}
