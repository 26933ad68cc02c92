import { isIP } from 'node:net';
import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { isInSmallInternet } from '../../../aws/environment.ts';
import { isPublicAddress } from '../../../aws/probes/public-address.ts';
import { Unreachable } from '../../../aws/probes/unreachable.ts';
import { baseUrl, edgeOf, needsResource } from '../../../domain/edges/edge.ts';
import { listed } from '../../../domain/listed.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import type { Page } from '../../../domain/probes/page.ts';
import { found, judgeSilence, type ProbeResult, unseen } from '../../../domain/probes/probe-result.ts';
import {
  deadRedirect,
  hostRefused,
  otherHost,
  plainHop,
  redirectLoop,
  redirectOf,
} from '../../../domain/probes/redirects.ts';
import { hostAtOrigin } from '../../../domain/sites/cdn.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { Probes, Spot } from '../../probes/probe-edge.ts';

/** Redirects that are followed for one name. A site that is well needs one or two; browsers give up after 20. */
const MAX_REDIRECTS = 5;

/** What came of following redirects: what must not stand, and what stops nothing and is to be known. */
export interface Walk extends ProbeResult {
  told: string[];
}

interface Following {
  site: Site;
  probes: Probes;
  dns: Resolver;
}

/**
 * Follows what a viewer of a name would get from the front page on, at one address of the edge. Nothing is asked but that
 * address under the site's own names, and DNS for the host that a redirect leads away to.
 */
export async function follow({ address, name }: Spot, following: Following): Promise<Walk> {
  const { site } = following;
  const start = new URL(`${baseUrl(site, name)}/`);
  const walk: Walk = { ...found(), told: [] };
  try {
    if (needsResource(site, 'target')) await checkHost({ address, name }, following, walk);
    await walkFrom(start, { address, ...following }, walk);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const silence = { address, failure: error.failure, message: error.message };
    const sight = needsResource(site, 'security group')
      ? judgeSilence(silence, site.access)
      : unseen(address, error.message);
    return { ...sight, told: walk.told };
  }
  return walk;
}

/** The target is healthy by now, so the same path answered the health check, whose Host is the target's address. */
async function checkHost({ address, name }: Spot, { site, probes }: Following, walk: Walk): Promise<void> {
  const path = originOf(site).healthPath;
  const { page } = await probes.secure({ address, port: 443, name, path });
  if (edgeOf(site).refusal?.(page, site)) return;
  const refused = hostRefused(page, { url: new URL(path, `https://${name}`), host: hostAtOrigin(site, name) });
  if (refused !== undefined) walk.told.push(refused);
}

async function walkFrom(start: URL, following: Following & { address: string }, walk: Walk): Promise<void> {
  const { site, dns } = following;
  const way = [start];
  let cookies = false;
  for (let at = start, hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const page = await pageAt(at, following);
    cookies ||= page.setsCookie === true;
    const to = redirectOf(page, at);
    if (!to) return;
    if (!servedNames(site).includes(to.hostname) || !/^https?:$/.test(to.protocol)) {
      return leadsAway(walk, { from: at, to, dns });
    }
    const why = shut(to, site);
    if (why !== undefined) {
      walk.findings.push(deadRedirect({ from: at, to, why }));
      return;
    }
    // What listens on port 80 sends every request to https.
    const next = edgeOf(site).accepts(site) && to.protocol === 'http:' ? secured(to) : to;
    const back = way.some(({ href }) => href === next.href);
    way.push(...(next === to ? [to] : [to, next]));
    if (back) {
      const loop = redirectLoop(way, edgeOf(site).schemeAdvice(site));
      if (cookies)
        walk.told.push(`${loop.message}, unless a browser reaches the page with the cookie that is set there`);
      else walk.findings.push(loop);
      return;
    }
    if (next !== to) walk.told.push(plainHop({ from: at, to }));
    at = next;
  }
  walk.told.push(`"${start.href}" sends viewers on more than ${MAX_REDIRECTS} times`);
}

async function pageAt(url: URL, { address, probes }: Following & { address: string }): Promise<Page> {
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const target = { address, port, name: url.hostname, path: `${url.pathname}${url.search}` };
  return secure ? (await probes.secure(target)).page : probes.plain(target);
}

/** Why nothing of the edge listens there; undefined where something does, or another owner may have made it. */
function shut({ protocol, port }: URL, site: Site): string | undefined {
  const { accepts, label, rejection } = edgeOf(site);
  const accepted = accepts(site);
  if (!accepted || site.adopt) return undefined;
  if (port !== '') return `${label(site)} does not listen on port ${port}`;
  const listens = accepted.some((listener) => `${listener.protocol.toLowerCase()}:` === protocol);
  if (listens) return undefined;
  return rejection === undefined ? 'port 80 is closed, as declared' : `port 80 answers ${rejection}, as declared`;
}

function secured(to: URL): URL {
  const next = new URL(to.href);
  next.protocol = 'https:';
  return next;
}

async function leadsAway(walk: Walk, { from, to, dns }: { from: URL; to: URL; dns: Resolver }): Promise<void> {
  const { dead, found: seen } = await lookUp(dns, to);
  if (dead === undefined) walk.told.push(otherHost({ from, to, found: seen }));
  else walk.findings.push(deadRedirect({ from, to, why: dead }));
}

/** Looks up a host, and asks it nothing. */
async function lookUp(dns: Resolver, { protocol, hostname }: URL): Promise<{ dead?: string; found: string }> {
  if (!/^https?:$/.test(protocol)) return { found: 'no web address' };
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) === 0 && !isName(hostname)) return { dead: 'there can be no such name', found: '' };
  try {
    const addresses = isIP(literal) === 0 ? await dns.addresses(hostname) : [literal];
    if (addresses.length === 0) return { dead: `DNS has no address for "${hostname}"`, found: '' };
    if (addresses.some((address) => isPublicAddress(address, { documentation: isInSmallInternet() })))
      return { found: `at ${listed(addresses)}` };
    return { dead: `${listed(addresses)} is no public address`, found: '' };
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    return { found: 'which could not be looked up now' };
  }
}

/** Source: RFC 1035, section 2.3.4. */
const isName = (name: string): boolean =>
  name.length <= 253 && name.split('.').every((label) => label.length > 0 && label.length <= 63);
