import type { FailureReason } from '@aws-sdk/client-acm';
import type { Acm } from './acm.ts';
import { caaVerdict } from './caa.ts';
import { type Certificate, domainName } from './certificate.ts';
import { ISSUE, REFUSAL, RESOURCE_RECORD } from './delays.ts';
import { issue } from './issue.ts';
import { watch } from './lifetime.ts';
import { recordVisible, validatedName } from './validation-record.ts';

/** Source: AWS Certificate Manager User Guide, "DNS validation"; checked 2026-11-22. */
export const VALIDATION_WINDOW_MS = 72 * 3_600_000;

/** Source: AWS Certificate Manager User Guide, "Certificate request fails"; checked 2026-11-22. */
const AMAZON_OWNED = ['amazonaws.com', 'cloudfront.net', 'elasticbeanstalk.com'];

const CAA_RETRY_MS = 60_000;

/**
 * Validates the names of a requested certificate and issues it, or fails it: records appear name by name, then DNS is
 * asked until every record is there, then CAA is, at the moment of issue.
 */
export function startValidation(acm: Acm, certificate: Certificate): void {
  const { draws } = acm.host;
  certificate.timers.after(VALIDATION_WINDOW_MS, () => end(certificate, 'VALIDATION_TIMED_OUT'));
  const inspection = draws.seconds('acm:inspect', domainName(certificate), REFUSAL);
  certificate.timers.after(inspection * 1000, () => inspect(acm, certificate));
  const bases = new Set(certificate.names.map(validatedName));
  for (const base of bases) {
    const seconds = draws.seconds('acm:resource-record', base, RESOURCE_RECORD);
    certificate.timers.after(seconds * 1000, () => {
      for (const one of certificate.validations) if (validatedName(one.name) === base) one.recordShown = true;
      if (!certificate.validations.every((one) => one.recordShown)) return;
      const since = acm.host.clock.now().getTime();
      return lookForRecords(acm, certificate, since);
    });
  }
}

/** Refuses names of Amazon's own and names under no public top-level domain. */
async function inspect(acm: Acm, certificate: Certificate): Promise<void> {
  const bases = certificate.names.map(validatedName);
  if (bases.some(isAmazonOwned)) {
    return end(certificate, 'FAILED', 'ADDITIONAL_VERIFICATION_REQUIRED');
  }
  for (const topLevel of new Set(bases.map((name) => name.split('.').at(-1) ?? ''))) {
    const { rcode } = await acm.resolve(topLevel, 'NS');
    if (rcode === 'NXDOMAIN') return end(certificate, 'FAILED', 'INVALID_PUBLIC_DOMAIN');
  }
}

/** Asks DNS for every record not seen yet. The next look comes after a fiftieth of the time spent looking. */
async function lookForRecords(acm: Acm, certificate: Certificate, since: number): Promise<void> {
  for (const one of certificate.validations) {
    if (one.status === 'SUCCESS') continue;
    if (await recordVisible(acm.resolve, one.record)) one.status = 'SUCCESS';
  }
  if (certificate.timers.stopped) return;
  if (certificate.validations.every((one) => one.status === 'SUCCESS')) {
    const seconds = acm.host.draws.seconds('acm:issue', domainName(certificate), ISSUE);
    certificate.timers.after(seconds * 1000, () => conclude(acm, certificate));
    return;
  }
  const spent = acm.host.clock.now().getTime() - since;
  certificate.timers.after(lookAgainAfter(spent), () => lookForRecords(acm, certificate, since));
}

/** Whether a name is one that ACM refuses by policy. */
export const isAmazonOwned = (name: string): boolean =>
  AMAZON_OWNED.some((owned) => name === owned || name.endsWith(`.${owned}`));

/** At least 1 s, at most 10 min: prompt when the record comes at once, some 750 looks in 72 h. */
export const lookAgainAfter = (spentMs: number): number => Math.min(Math.max(spentMs / 50, 1_000), 600_000);

async function conclude(acm: Acm, certificate: Certificate): Promise<void> {
  for (const name of certificate.names) {
    const verdict = await caaVerdict(acm.resolve, name);
    if (certificate.timers.stopped) return;
    if (verdict === 'refused') return end(certificate, 'FAILED', 'CAA_ERROR');
    if (verdict === 'unknown') {
      certificate.timers.after(CAA_RETRY_MS, () => conclude(acm, certificate));
      return;
    }
  }
  certificate.timers.clear();
  await issue(acm, certificate, 'ISSUANCE');
  watch(acm, certificate);
}

function end(certificate: Certificate, status: 'FAILED' | 'VALIDATION_TIMED_OUT', reason?: FailureReason): void {
  certificate.timers.stop();
  certificate.status = status;
  if (reason) certificate.failureReason = reason;
  for (const one of certificate.validations) if (one.status !== 'SUCCESS') one.status = 'FAILED';
}
