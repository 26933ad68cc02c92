import { missingInWords, type ValidationCheck } from '../../../domain/certificates/missing-validation.ts';
import { type SeenEntry, whatToDo } from '../../../domain/entries/entry.ts';
import type { Failed, Verdict } from '../../../domain/gates/verdict.ts';
import { listed } from '../../../domain/listed.ts';

/** What ACM has of the names that the server is to request a certificate for. */
export interface ValidationSight {
  names: readonly string[];
  /** Undefined where the endpoint is gone. */
  validations: readonly { domain: string; status: string; reason?: string }[] | undefined;
  /** The records that are missing in Route 53; read where ACM still waits. */
  missing?: ValidationCheck;
  /** Those that a person enters elsewhere, likewise. */
  entries?: readonly SeenEntry[];
}

/** Opens when every name is valid: from then on the ACME endpoint issues for it without a challenge. */
export function judgeValidations({
  names,
  validations,
  missing,
  entries = [],
}: ValidationSight): Verdict<Record<string, never>> {
  const statusOf = (name: string) =>
    validations?.find(({ domain, status }) => domain === name && status !== 'DELETING');
  const gone = names.filter((name) => !statusOf(name));
  if (gone.length > 0) {
    return { state: 'redo', message: `The domain validation of ${quoted(gone)} is gone: it is requested again` };
  }
  const failed = names.map(statusOf).find((each) => each?.status === 'INVALID');
  if (failed) return failure(failed.domain, failed.reason);
  const pending = names.filter((name) => statusOf(name)?.status !== 'VALID');
  if (pending.length === 0) return { state: 'open', output: {}, message: `ACM has validated ${quoted(names)}` };
  const removed = missing && missingInWords(missing);
  if (removed !== undefined && missing?.replaced.length === 0) return { state: 'redo', message: removed };
  const todo = entries.filter(({ seen }) => seen !== 'seen').map(whatToDo);
  const more = [...(removed === undefined ? [] : [removed]), ...todo].join('. ');
  const message = `Waiting until ACM finds the validation records of ${quoted(pending)}`;
  return { state: 'closed', message: more === '' ? message : `${message}. ${more}` };
}

const quoted = (names: readonly string[]): string => listed(names.map((name) => `"${name}"`));

/** Source: ACM API Reference, `AcmeDomainValidationFailureReason`; checked 2026-11-29. */
const FIXES: Record<string, string> = {
  CAA_ERROR: 'its CAA records do not allow Amazon to issue for it: add one with the value "amazon.com"',
  DOMAIN_MISMATCH: 'another value is at its validation record: put the one there that the site shows',
  DOMAIN_NOT_ALLOWED: 'Amazon issues no certificate for it: use another name',
  INVALID_PUBLIC_DOMAIN: 'it is below no public top-level domain: use another name',
  TIMED_OUT:
    'its validation record was not found for 72 hours: check the delegation of its zone, and that the record is there',
};

function failure(name: string, reason = 'INTERNAL_FAILURE'): Failed {
  const why = FIXES[reason] ?? `the reason is ${reason}`;
  const message = `ACM has not validated "${name}" for the ACME endpoint: ${why}. Then resume the site: it is validated anew`;
  return { state: 'failed', name: 'Misconfigured', message };
}
