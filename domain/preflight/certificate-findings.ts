import { covers } from '../certificates/covers.ts';
import { endsSoon, type NamedCertificate } from '../certificates/named-certificate.ts';
import type { PreflightFinding } from './finding.ts';

/** What ACM does not keep fresh by itself is the owner's to renew (failures A16). */
export function namedCertificateFindings({ arn, type, expiresAt, renewedByDns }: NamedCertificate): PreflightFinding[] {
  if (renewedByDns) return [];
  const end = expiresAt ? ` It ends on ${expiresAt.toISOString().slice(0, 10)}` : ' It ends';
  const message =
    type === 'IMPORTED'
      ? `ACM does not renew the certificate ${arn}: it was imported.${end}: import its successor under the same ARN before`
      : `ACM renews the certificate ${arn} only once its owner answers a mail.${end}: answer before, or have one issued by DNS`;
  return [{ severity: 'warning', check: 'certificateNotRenewed', message }];
}

/** The same of what is imported from a secret. */
export function importedCertificateFinding(secret: string, { endsAt }: { endsAt: Date }): PreflightFinding {
  const message = `ACM never renews the certificate of the secret "${secret}": it is imported. It ends on ${endsAt.toISOString().slice(0, 10)}: store its successor in the secret before, and declare the site again with PUT`;
  return { severity: 'warning', check: 'certificateNotRenewed', message };
}

/** A certificate as a listing of ACM has it. */
interface ExistingCertificate {
  arn: string;
  status: string;
  type: string;
  names?: readonly string[];
  /** "RSA_2048". */
  key?: string;
  expiresAt?: Date;
}

/** Those that could be served for the site in place of a new one. */
export function suitableCertificates(
  existing: readonly ExistingCertificate[],
  { names: needed, keys, now }: { names: readonly string[]; keys: readonly string[] | undefined; now: Date },
): ExistingCertificate[] {
  return existing.filter(
    ({ status, type, key = '', names = [], expiresAt }) =>
      status === 'ISSUED' &&
      type !== 'PRIVATE' &&
      !endsSoon(expiresAt, now) &&
      (!keys || keys.includes(key)) &&
      needed.every((name) => covers(names, name)),
  );
}

/** That they could be named in place of a new one. */
export function existingCertificateFindings(suitable: readonly ExistingCertificate[]): PreflightFinding[] {
  if (suitable.length === 0) return [];
  const arns = suitable.map(({ arn }) => `"certificate": { "arn": "${arn}" }`).join(' or ');
  const message = `A certificate for all names of the site is issued already. To serve it, and to request none, declare ${arns}`;
  return [{ severity: 'info', check: 'certificateExists', message }];
}
