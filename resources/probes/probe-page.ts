import { Unreachable } from '../../aws/probes/unreachable.ts';
import { movesInside } from '../../domain/failover/moves-inside.ts';
import { pagePath } from '../../domain/pages/page-path.ts';
import { judgeCertificate, MINIMUM_DAYS } from '../../domain/probes/certificate.ts';
import { fewAddresses } from '../../domain/probes/few-addresses.ts';
import { judgeMaintenancePage, MAINTENANCE_STATUS } from '../../domain/probes/maintenance-page.ts';
import { found, judgeSilence, type ProbeResult, together } from '../../domain/probes/probe-result.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import type { Site } from '../../domain/sites/site.ts';
import { fewAtATime } from './few-at-a-time.ts';
import type { ProbeAsk, Probes, Spot } from './probe-edge.ts';

/** The page of a site at the distribution that has it. */
interface Page {
  site: Site;
  /** The distribution's own name. */
  domainName: string;
  now: Date;
  /** What it is to be; left out: any page that says when to ask again. */
  html?: string | undefined;
}

/**
 * Looks at the maintenance page under every served name at the addresses of the distribution: at any path where the distribution has
 * nothing but the page, and at the page's own path where it serves the site.
 *
 * @throws {DnsFailure} where the distribution cannot be looked up now
 */
export async function probePageAtDistribution(
  { site, domainName, now, html }: Page,
  { dns, probes: all, remaining }: ProbeAsk,
): Promise<ProbeResult> {
  const { few, others } = fewAddresses(await dns.addresses(domainName), domainName);
  if (few.length === 0) return found({ reason: 'unreachable', message: `DNS has no address for "${domainName}"` });
  const at = movesInside(site)
    ? { path: pagePath(site.domain), status: 200 }
    : { path: '/', status: MAINTENANCE_STATUS };
  const probes = fewAtATime(all, { remaining });
  const spots = servedNames(site).flatMap((name) => few.map((address) => ({ address, name })));
  return together([...(await Promise.all(spots.map((spot) => probePage(spot, { ...at, now, html, probes })))), others]);
}

interface Looking {
  /** Where the page is: "/", or its own path where the site is served. */
  path: string;
  /** The status that it answers with there. */
  status: number;
  now: Date;
  html?: string | undefined;
  probes: Pick<Probes, 'secure'>;
}

/** Looks at the maintenance page at one address as a viewer of that name would: under a certificate for it, valid long enough. */
export async function probePage(
  { address, name }: Spot,
  { path, status, now, html, probes }: Looking,
): Promise<ProbeResult> {
  // As S3 has kept it: in UTF-8.
  const wanted = html === undefined ? undefined : Buffer.from(html);
  // One byte more tells a page that goes on.
  const mostBytes = wanted && { mostBytes: wanted.length + 1 };
  try {
    const { served, page } = await probes.secure({ address, port: 443, name, path, ...mostBytes });
    return found(
      judgeCertificate(served, { name, now, minimumDays: MINIMUM_DAYS }),
      judgeMaintenancePage(page, { url: `https://${name}${path}`, status, html: wanted?.toString() }),
    );
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return judgeSilence({ address, failure: error.failure, message: error.message }, ['0.0.0.0/0', '::/0']);
  }
}
