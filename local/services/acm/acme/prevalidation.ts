import type { AcmeDomainValidationFailureReason } from '@aws-sdk/client-acm';
import { AwsError, type Principal } from '../../../wire/service.ts';
import { canonical } from '../dns.ts';
import { isAmazonOwned, lookAgainAfter, VALIDATION_WINDOW_MS } from '../validation.ts';
import { recordVisible } from '../validation-record.ts';
import type { Acme } from './acme.ts';
import { ACME_RECORD, ACME_REFUSAL, ACME_VALID } from './delays.ts';
import type { AcmeEndpoint, DomainValidation } from './endpoint.ts';

interface Started {
  endpoint: AcmeEndpoint;
  validation: DomainValidation;
  caller: Principal;
}

/** Looks for the CNAME of a domain validation, after writing it where a hosted zone is named, and decides. */
export function startPrevalidation(acme: Acme, started: Started): void {
  const { validation } = started;
  const { draws, clock } = acme.acm.host;
  const refusal = draws.seconds('acm:acme-refusal', validation.domainName, ACME_REFUSAL);
  validation.timers.after(refusal * 1000, () => inspect(acme, started));
  const shown = draws.seconds('acm:acme-record', validation.domainName, ACME_RECORD);
  validation.timers.after(shown * 1000, () => {
    validation.recordShown = true;
    return look(acme, validation, clock.now().getTime());
  });
  validation.timers.after(VALIDATION_WINDOW_MS, () => timeOut(acme, validation));
}

/** Fails what can't succeed; otherwise writes the record into the hosted zone that was named. */
async function inspect(acme: Acme, started: Started): Promise<void> {
  const { endpoint, validation } = started;
  const { domainName } = validation;
  if (endpoint.status !== 'ACTIVE') {
    return fail(acme, validation, 'ENDPOINT_NOT_ACTIVE', `The ACME endpoint is ${endpoint.status}.`);
  }
  if (isAmazonOwned(domainName)) {
    return fail(acme, validation, 'DOMAIN_NOT_ALLOWED', `The domain ${domainName} is not permitted for issuance.`);
  }
  const { rcode } = await acme.acm.resolve(domainName.split('.').at(-1) ?? '', 'NS');
  if (rcode === 'NXDOMAIN' || !domainName.includes('.')) {
    return fail(acme, validation, 'INVALID_PUBLIC_DOMAIN', `${domainName} is not a public domain.`);
  }
  if (validation.hostedZoneId !== undefined) await writeRecord(acme, started);
}

const REASONS: Record<string, AcmeDomainValidationFailureReason> = {
  AccessDenied: 'ACCESS_DENIED',
  NoSuchHostedZone: 'HOSTED_ZONE_NOT_FOUND',
  InvalidChangeBatch: 'INVALID_CHANGE_BATCH',
  InvalidInput: 'HOSTED_ZONE_NOT_FOUND',
};

/** AWS does not document which permissions authorize this change: here the caller's, as in a forward access session. */
async function writeRecord(acme: Acme, started: Started): Promise<void> {
  const { validation, caller } = started;
  const { Name, Value } = validation.record;
  const ResourceRecordSet = { Name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value }] };
  try {
    await acme.around.dispatch({
      service: 'route53',
      operation: 'ChangeResourceRecordSets',
      principal: caller,
      input: {
        HostedZoneId: validation.hostedZoneId,
        ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
      },
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const reason = REASONS[error.code];
    if (reason) return fail(acme, validation, reason, error.message);
    validation.timers.after(RETRY_MS, () => writeRecord(acme, started));
  }
}

const RETRY_MS = 10_000;

async function look(acme: Acme, validation: DomainValidation, since: number): Promise<void> {
  const { clock, draws } = acme.acm.host;
  const found = await recordVisible(acme.acm.resolve, validation.record);
  if (validation.timers.stopped || validation.status !== 'VALIDATING') return;
  if (found) {
    const seconds = draws.seconds('acm:acme-valid', validation.domainName, ACME_VALID);
    validation.timers.after(seconds * 1000, () => conclude(acme, validation, 'VALID'));
    return;
  }
  const spent = clock.now().getTime() - since;
  validation.timers.after(lookAgainAfter(spent), () => look(acme, validation, since));
}

async function timeOut(acme: Acme, validation: DomainValidation): Promise<void> {
  const { answers } = await acme.acm.resolve(canonical(validation.record.Name ?? ''), 'CNAME');
  if (answers.some(({ type }) => type === 'CNAME')) {
    return fail(acme, validation, 'DOMAIN_MISMATCH', 'The CNAME record does not match the expected value.');
  }
  fail(acme, validation, 'TIMED_OUT', 'The CNAME record was not detected within 72 hours.');
}

function fail(
  acme: Acme,
  validation: DomainValidation,
  Reason: AcmeDomainValidationFailureReason,
  Message: string,
): void {
  if (validation.status !== 'VALIDATING') return;
  validation.failure = { Reason, Message };
  conclude(acme, validation, 'INVALID');
}

function conclude(acme: Acme, validation: DomainValidation, status: 'VALID' | 'INVALID'): void {
  validation.timers.clear();
  validation.status = status;
  validation.updatedAt = acme.acm.host.clock.now();
}
