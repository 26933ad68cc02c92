import type { Resolver } from '../../aws/dns/resolver.ts';
import { fetchPlainPage, fetchSecurePage } from '../../aws/probes/fetch-page.ts';
import { Unreachable } from '../../aws/probes/unreachable.ts';
import { edgeOf } from '../../domain/edges/edge.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { judgeCertificate, MINIMUM_DAYS } from '../../domain/probes/certificate.ts';
import { judgePage, judgeRedirect } from '../../domain/probes/page.ts';
import {
  found,
  judgeInstanceSilence,
  judgeSilence,
  type ProbeResult,
  together,
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
  try {
    const { served, page } = await probes.secure({ address, port: 443, name, path });
    return found(
      judgeCertificate(served, { name, now, minimumDays: MINIMUM_DAYS }),
      judgePage(page, { url: `https://${name}${path}`, errorPages: edgeOf(site).errorPages }),
    );
  } catch (error) {
    return judgeSilence({ address, ...silence(error) }, site.access);
  }
}

async function plain({ address, name }: Spot, { site, releases, probes }: Omit<Looking, 'now'>): Promise<ProbeResult> {
  try {
    const page = await probes.plain({ address, port: 80, name, path: '/' });
    if (site.http === 'redirect') return found(judgeRedirect(page, name));
    if (releases) return found();
    const message = `"http://${name}/" answers ${page.status}, and is declared to reject`;
    return found({ reason: 'httpNotRejected', message });
  } catch (error) {
    const { failure, message } = silence(error);
    // Silence is what was declared.
    return site.http === 'reject' ? found() : judgeSilence({ address, failure, message }, site.access);
  }
}

/** Looks at the instance itself: one page over plain HTTP. */
export async function probeOrigin(
  { address, name }: Spot,
  { site, probes }: { site: Site; probes: Probes },
): Promise<ProbeResult> {
  const { port, healthPath: path } = originOf(site);
  try {
    return found(
      judgePage(await probes.plain({ address, port, name, path }), { url: `http://${name}:${port}${path}` }),
    );
  } catch (error) {
    return judgeInstanceSilence(silence(error), port);
  }
}

/** @throws whatever isn't an endpoint's silence */
function silence(error: unknown): { failure: string; message: string } {
  if (error instanceof Unreachable) return { failure: error.failure, message: error.message };
  throw error;
}
