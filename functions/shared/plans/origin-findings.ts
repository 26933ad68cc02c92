import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { lookAtOrigin } from '../../../aws/origins/look-at-origin.ts';
import { needsResource } from '../../../domain/edges/edge.ts';
import { type OriginAddress, originOf } from '../../../domain/origins/origin.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import { ORIGIN_NOT_READY } from '../../../domain/preflight/waits.ts';
import { originQuestion } from '../../../domain/probes/origin-question.ts';
import { unseenInWords } from '../../../domain/probes/probe-result.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { findingsInWords, originVerdict } from '../../../resources/gates/origin-ready/judge.ts';
import type { Probes } from '../../../resources/probes/probe-edge.ts';
import { probeInstance } from '../../../resources/probes/probe-instance.ts';

/** A plan is waited for by a person. */
const PATIENCE = { connectMs: 2_000, readMs: 3_000 };

/** Milliseconds that the rest of a plan needs afterwards. */
const MARGIN_MS = 10_000;

/**
 * What CloudFront or viewers would meet at a server, seen where that is itself: nothing leads there yet. Nothing of a load balancer
 * that exists, which does not serve the certificate before, and of a server that answers plain HTTP.
 */
export async function readOriginFindings(
  site: Site,
  {
    dns,
    look,
    probes,
    now,
    remaining,
  }: { dns: Resolver; look: typeof lookAtOrigin; probes: Probes; now: Date; remaining: () => number },
): Promise<PreflightFinding[]> {
  const { label, address } = originOf(site);
  if (!address || address.resource) return [];
  const asked = originQuestion(site, { elsewhere: true });
  if (!asked) return needsResource(site, 'target') ? [] : plainFindings(site, address, { dns, probes });
  const seen = await look(asked, { dns, remaining: () => remaining() - MARGIN_MS, ...PATIENCE });
  const { findings, unseen } = originVerdict(seen, site, now);
  const client = site.cdn ? 'CloudFront' : 'Browsers';
  if (findings.length === 0) {
    const message = `${client} would accept the certificate of ${label}${unseenInWords(unseen)}`;
    return [{ severity: 'info', check: 'originReady', message }];
  }
  const what = findingsInWords(findings, site);
  // By ACME or export the server gets its certificate after this, and the site waits for it.
  const waits = site.cdn || typeof site.certificate === 'string';
  const check = site.cdn ? ORIGIN_NOT_READY : 'originRefused';
  const next = waits ? 'the site waits until it is mended' : 'no viewer is sent there before it is mended';
  return [{ severity: 'warning', check, message: `${client} would refuse ${label}, and ${next}: ${what}` }];
}

/** A page over plain HTTP, where viewers come to the server itself. */
async function plainFindings(
  site: Site,
  { values, name }: OriginAddress,
  { dns, probes }: { dns: Resolver; probes: Probes },
): Promise<PreflightFinding[]> {
  try {
    const [publicAddress] = values ?? (name === undefined ? [] : await dns.addresses(name));
    return [await probeInstance(site, publicAddress === undefined ? {} : { publicAddress }, probes)];
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    const message = `Cannot see from here whether ${originOf(site).label} answers: ${error.message}`;
    return [{ severity: 'info', check: 'originNotProbed', message }];
  }
}
