import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { lookAtOrigin } from '../../../aws/origins/look-at-origin.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import type { PreflightFinding } from '../../../domain/preflight/finding.ts';
import { ORIGIN_NOT_READY } from '../../../domain/preflight/waits.ts';
import { originQuestion } from '../../../domain/probes/origin-question.ts';
import { unseenInWords } from '../../../domain/probes/probe-result.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { findingsInWords, originVerdict } from '../../../resources/gates/origin-ready/judge.ts';

/** A plan is waited for by a person. */
const PATIENCE = { connectMs: 2_000, readMs: 3_000 };

/** Milliseconds that the rest of a plan needs afterwards. */
const MARGIN_MS = 10_000;

/**
 * What CloudFront would meet at a server behind it, seen where that is itself: nothing leads there yet. Nothing of a load balancer
 * that exists, which does not serve the certificate before.
 */
export async function readOriginFindings(
  site: Site,
  { dns, look, now, remaining }: { dns: Resolver; look: typeof lookAtOrigin; now: Date; remaining: () => number },
): Promise<PreflightFinding[]> {
  const { label, address } = originOf(site);
  const asked = site.cdn && address && originQuestion(site, { elsewhere: true });
  if (!asked) return [];
  const seen = await look(asked, { dns, remaining: () => remaining() - MARGIN_MS, ...PATIENCE });
  const { findings, unseen } = originVerdict(seen, site, now);
  if (findings.length > 0) {
    const message = `CloudFront would refuse ${label}, and the site waits until it is mended: ${findingsInWords(findings, site)}`;
    return [{ severity: 'warning', check: ORIGIN_NOT_READY, message }];
  }
  const message = `CloudFront would accept the certificate of ${label}${unseenInWords(unseen)}`;
  return [{ severity: 'info', check: 'originReady', message }];
}
