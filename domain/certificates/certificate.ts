import type { ValidationRecord } from './validation-record.ts';

/** A certificate as ACM describes it, as far as decisions look. */
export interface Certificate {
  arn: string;
  /** "PENDING_VALIDATION", "ISSUED", "FAILED", "VALIDATION_TIMED_OUT" … */
  status: string;
  /** "CAA_ERROR" … with status FAILED. */
  failureReason?: string;
  names: string[];
  /** When ACM was asked for it; absent for an imported one. */
  requestedAt?: Date;
  /** One for each name once ACM knows it; it comes after the request, name by name (failures A1). */
  validation: { domain: string; record?: ValidationRecord }[];
  /** "AMAZON_ISSUED", "IMPORTED" or "PRIVATE". */
  type: string;
  /** What kind of key it has: "RSA_2048". */
  key?: string;
  /** Whether an ACME client has the key: no service of AWS can serve it. */
  isAcme: boolean;
  /** When it ends; absent until it is issued. */
  expiresAt?: Date;
  /** Whether it was requested so that its private key may leave ACM. */
  isExportable?: boolean;
  /** Whether ACM has made it and keeps it fresh by DNS: not imported, not validated by mail. */
  renewedByDns: boolean;
  /** ARNs of what serves it, as far as ACM knows. */
  inUseBy: string[];
}

/** The validation records when there is one for every name; otherwise the names that wait for theirs. */
export function validationRecords({
  names,
  validation,
}: Pick<Certificate, 'names' | 'validation'>): { records: ValidationRecord[] } | { missing: string[] } {
  const byDomain = new Map(validation.map(({ domain, record }) => [domain, record]));
  const missing = names.filter((name) => !byDomain.get(name));
  return missing.length > 0 ? { missing } : { records: names.map((name) => byDomain.get(name) as ValidationRecord) };
}

/** Whether a certificate that stands is the one to use: for exactly these names, and issued or on its way. */
export function isUsable({ status, names }: Pick<Certificate, 'status' | 'names'>, wanted: readonly string[]): boolean {
  const same = names.length === wanted.length && wanted.every((name) => names.includes(name));
  return same && USABLE.includes(status);
}

/** Issued, or on its way. */
export const USABLE: readonly string[] = ['ISSUED', 'PENDING_VALIDATION'];
