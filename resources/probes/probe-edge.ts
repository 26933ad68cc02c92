import type { Resolver } from '../../aws/dns/resolver.ts';
import { fetchPlainPage, fetchSecurePage } from '../../aws/probes/fetch-page.ts';
import { Unreachable } from '../../aws/probes/unreachable.ts';
import { edgeOf, type Refusal } from '../../domain/edges/edge.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { judgeCertificate, MINIMUM_DAYS } from '../../domain/probes/certificate.ts';
import { certificateAdvice } from '../../domain/probes/origin-advice.ts';
import { judgePage, judgeRedirect, type Page } from '../../domain/probes/page.ts';
import {
  found,
  judgeInstanceSilence,
  judgeSilence,
  type ProbeResult,
  together,
  unseen,
} from '../../domain/probes/probe-result.ts';
import type { Site } from '../../domain/sites/site.ts';

/** How the world is looked at; a test puts its own in place. */
export interface Probes {
  secure: typeof fetchSecurePage;
  plain: typeof fetchPlainPage;
}

export const PROBES: Probes = { secure: fetchSecurePage, plain: fetchPlainPage };

/** What a gate that probes looks with. */
export interface ProbeAsk {
  dns: Resolver;
  probes: Probes;
  /** Milliseconds until the look has to end. */
  remaining: () => number;
}

/** One address under one name of the site. */
export interface Spot {
  address: string;
  name: string;
}

/** What is looked for. */
interface Looking {
  site: Site;
  /** Whether what is no longer declared still stands, and goes at the end. */
  releases: boolean;
  now: Date;
  probes: Probes;
}

/** Looks at a load balancer's address as a viewer of that name would, over https and over http. */
export async function probeEdge(spot: Spot, looking: Looking): Promise<ProbeResult> {
  return together(await Promise.all([secure(spot, looking), plain(spot, looking)]));
}

async function secure({ address, name }: Spot, { site, now, probes }: Omit<Looking, 'releases'>): Promise<ProbeResult> {
  const path = originOf(site).healthPath;
  const url = `https://${name}${path}`;
  const edge = edgeOf(site);
  try {
    const { served, page } = await probes.secure({ address, port: 443, name, path });
    return together([
      found(
        judgeCertificate(served, { name, now, minimumDays: MINIMUM_DAYS }),
        judgePage(page, { url, errorPages: edge.errorPages(page, site) }),
      ),
      judgeRefusal(edge.refusal?.(page, site), { page, url, address }),
    ]);
  } catch (error) {
    const { failure, message } = silence(error);
    if (!edge.accepts(site) && failure === 'ETIMEDOUT') return unseen(address, NOT_OUR_GROUPS);
    const hint = failure === 'ETIMEDOUT' ? (edge.silent?.(site) ?? '') : '';
    return judgeSilence({ address, failure, message: `${message}${hint}` }, site.access);
  }
}

function judgeRefusal(
  refusal: Refusal | undefined,
  { page: { status }, url, address }: { page: Page; url: string; address: string },
): ProbeResult {
  if (!refusal) return found();
  const message = `"${url}" answers ${status}${refusal.meaning}`;
  return refusal.stops ? found({ reason: 'pageUnacceptable', message }) : unseen(address, message);
}

/** Of a load balancer that exists. */
const NOT_OUR_GROUPS = 'its security groups, which the site does not change, may reject this probe';

async function plain({ address, name }: Spot, { site, releases, probes }: Omit<Looking, 'now'>): Promise<ProbeResult> {
  // What another's listener on port 80 does is not the site's: a plan tells it.
  if (!edgeOf(site).accepts(site)) return found();
  try {
    const page = await probes.plain({ address, port: 80, name, path: '/' });
    if (site.http === 'redirect') return found(judgeRedirect(page, name));
    if (releases || page.status === edgeOf(site).rejection) return found();
    const message = `"http://${name}/" answers ${page.status}, and is declared to reject`;
    return found({ reason: 'httpNotRejected', message });
  } catch (error) {
    const { failure, message } = silence(error);
    // Silence is what was declared.
    return site.http === 'reject' ? found() : judgeSilence({ address, failure, message }, site.access);
  }
}

/** Looks at the origin itself: one page over what it listens with, and over HTTPS its certificate as viewers would judge it. */
export async function probeOrigin(
  { address, name }: Spot,
  {
    site,
    now,
    probes,
    advice = certificateAdvice(site),
  }: {
    site: Site;
    now: Date;
    probes: Probes;
    /** What a finding of the certificate says that mends it. */
    advice?: string;
  },
): Promise<ProbeResult> {
  const { scheme, port, healthPath: path } = originOf(site);
  try {
    if (scheme === 'https') {
      const { served, page } = await probes.secure({ address, port, name, path });
      const certificate = judgeCertificate(served, { name, now, minimumDays: MINIMUM_DAYS });
      return found(
        certificate && { ...certificate, message: `${certificate.message}${advice}` },
        judgePage(page, { url: `https://${name}${path}` }),
      );
    }
    return found(
      judgePage(await probes.plain({ address, port, name, path }), { url: `http://${name}:${port}${path}` }),
    );
  } catch (error) {
    return judgeInstanceSilence({ address, ...silence(error) }, port);
  }
}

/** @throws whatever isn't an endpoint's silence */
function silence(error: unknown): { failure: string; message: string } {
  if (error instanceof Unreachable) return { failure: error.failure, message: error.message };
  throw error;
}
