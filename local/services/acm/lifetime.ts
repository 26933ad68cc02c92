import type { Acm } from './acm.ts';
import type { Certificate } from './certificate.ts';
import { domainName } from './certificate.ts';
import { RENEWAL } from './delays.ts';
import { emitApproaching, emitExpired } from './events.ts';
import { issue } from './issue.ts';
import { readyToRenew, renewed } from './renewal.ts';

const DAY_MS = 86_400_000;

// Source: AWS Certificate Manager User Guide, "Managed certificate renewal", "Amazon EventBridge support for ACM";
// checked 2026-11-22.
const RENEWAL_DAYS = 45;
/** AWS doesn't say when it renews one that lives 47 days: with a third left, later than care expects it. */
const RENEWAL_SHARE_OF_SHORT = 1 / 3;
const EXPIRY_EVENTS_DAYS = { AMAZON_ISSUED: 30, IMPORTED: 45, PRIVATE: 45 };

/** How often a renewal that could not be done is tried again; AWS doesn't say. */
const RENEWAL_RETRY_MS = 6 * 3_600_000;

/** Plans the rest of a certificate's life: daily events near its end, renewal if ACM may, and the end itself. */
export function watch(acm: Acm, certificate: Certificate): void {
  const { timers, material, status, acme } = certificate;
  // What ACME clients got has a life of its own: no events and no renewal.
  if (!material || status !== 'ISSUED' || acme) return;
  timers.clear();
  timers.at(material.notAfter, () => expire(acm, certificate));
  planApproaching(acm, certificate, material.notAfter);
  if (certificate.type !== 'AMAZON_ISSUED') return;
  timers.at(renewalBegins(material), () => tryRenewal(acm, certificate));
}

function renewalBegins({ notBefore, notAfter }: { notBefore: Date; notAfter: Date }): Date {
  const days = (notAfter.getTime() - notBefore.getTime()) / DAY_MS;
  const left = days > 2 * RENEWAL_DAYS ? RENEWAL_DAYS : days * RENEWAL_SHARE_OF_SHORT;
  return new Date(notAfter.getTime() - left * DAY_MS);
}

function planApproaching(acm: Acm, certificate: Certificate, notAfter: Date): void {
  const left = Math.ceil((notAfter.getTime() - acm.host.clock.now().getTime()) / DAY_MS) - 1;
  const days = Math.min(left, acm.daysBeforeExpiry.get(certificate.region) ?? EXPIRY_EVENTS_DAYS[certificate.type]);
  if (days < 1) return;
  certificate.timers.at(new Date(notAfter.getTime() - days * DAY_MS), () => {
    emitApproaching(acm, certificate);
    planApproaching(acm, certificate, notAfter);
  });
}

async function tryRenewal(acm: Acm, certificate: Certificate): Promise<void> {
  const { timers } = certificate;
  const ready = await readyToRenew(acm, certificate);
  if (timers.stopped) return;
  if (!ready) {
    timers.after(RENEWAL_RETRY_MS, () => tryRenewal(acm, certificate));
    return;
  }
  const seconds = acm.host.draws.seconds('acm:renew', domainName(certificate), RENEWAL);
  timers.after(seconds * 1000, async () => {
    await issue(acm, certificate, 'RENEWAL');
    renewed(acm, certificate);
    watch(acm, certificate);
  });
}

function expire(acm: Acm, certificate: Certificate): void {
  certificate.timers.clear();
  certificate.status = 'EXPIRED';
  if (certificate.type !== 'IMPORTED') emitExpired(acm, certificate);
}
