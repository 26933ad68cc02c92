import type { FailureReason, RenewalStatus } from '@aws-sdk/client-acm';
import type { Acm } from './acm.ts';
import { caaVerdict } from './caa.ts';
import { type Certificate, renewable } from './certificate.ts';
import { domainValidations } from './domain-validations.ts';
import { daysToExpiry, emitActionRequired } from './events.ts';
import { recordVisible } from './validation-record.ts';

/**
 * Days before expiry at which the owner is told that a renewal waits for him.
 * Source: AWS Certificate Manager User Guide, "Amazon EventBridge support for ACM"; checked 2026-11-22.
 */
const ACTION_REQUIRED_DAYS = [1, 3, 15, 30];

/** One attempt at managed renewal: true when every name still has its record and CAA doesn't forbid it. */
export async function readyToRenew(acm: Acm, certificate: Certificate): Promise<boolean> {
  if (!renewable(certificate)) return false;
  if (certificate.renewal?.RenewalStatus !== 'PENDING_VALIDATION') setRenewal(acm, certificate, 'PENDING_AUTO_RENEWAL');
  for (const one of certificate.validations) {
    one.status = (await recordVisible(acm.resolve, one.record)) ? 'SUCCESS' : 'PENDING_VALIDATION';
  }
  const verdicts = await Promise.all(certificate.names.map((name) => caaVerdict(acm.resolve, name)));
  if (certificate.timers.stopped) return false;
  const validated = certificate.validations.every((one) => one.status === 'SUCCESS');
  if (validated && verdicts.every((verdict) => verdict === 'allowed')) {
    setRenewal(acm, certificate, 'PENDING_AUTO_RENEWAL');
    return true;
  }
  const reason = verdicts.includes('refused') ? 'CAA_ERROR' : undefined;
  setRenewal(acm, certificate, 'PENDING_VALIDATION', reason);
  requireAction(acm, certificate, reason ?? 'PENDING_DOMAIN_VALIDATION');
  return false;
}

/** Notes that a renewed certificate took the place of the old one. */
export function renewed(acm: Acm, certificate: Certificate): void {
  setRenewal(acm, certificate, 'SUCCESS');
  delete certificate.actionRequiredAtDays;
}

function setRenewal(acm: Acm, certificate: Certificate, status: RenewalStatus, reason?: FailureReason): void {
  certificate.renewal = {
    RenewalStatus: status,
    DomainValidationOptions: domainValidations(certificate),
    ...(reason ? { RenewalStatusReason: reason } : {}),
    UpdatedAt: acm.host.clock.now(),
  };
}

function requireAction(acm: Acm, certificate: Certificate, reason: FailureReason | 'PENDING_DOMAIN_VALIDATION'): void {
  const left = daysToExpiry(certificate, acm.host.clock.now());
  const mark = ACTION_REQUIRED_DAYS.find((days) => left <= days);
  if (mark === undefined || mark === certificate.actionRequiredAtDays) return;
  certificate.actionRequiredAtDays = mark;
  emitActionRequired(acm, certificate, reason);
}
