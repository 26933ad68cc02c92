import { listed } from '../listed.ts';
import { isOwnedBy, type Owner, TENANT_TAG } from '../ownership.ts';
import { MINIMUM_DAYS } from '../probes/certificate.ts';
import type { FieldError } from '../problems/problem.ts';
import type { Site } from '../sites/site.ts';
import type { Certificate } from './certificate.ts';
import { covers } from './covers.ts';
import type { CertificatePlace } from './place.ts';

/** An existing certificate that the document names: it is not the site's, and nothing of it is ever changed. */
export type NamedCertificate = Pick<
  Certificate,
  'arn' | 'status' | 'type' | 'key' | 'isAcme' | 'names' | 'expiresAt' | 'renewedByDns'
> & {
  tags: Record<string, string>;
  /** Why no browser would trust it as it was imported, by OpenSSL's code. */
  chainError?: string;
};

const DAY_MS = 86_400_000;

/** The ARN of a certificate of ACM. Source: ACM User Guide, "Identifiers", checked 2026-11-29. */
export const CERTIFICATE_ARN = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/;

interface Here {
  /** Of the stack. */
  region: string;
  account: string;
}

/**
 * Why a certificate can be served by nothing here, as its ARN says: ELB serves those of its own account and region, and CloudFront
 * those of one region (failures A22).
 */
export function misplacedCertificate(
  arn: string,
  { server, region: only }: Pick<CertificatePlace, 'server' | 'region'>,
  { region, account }: Here,
): FieldError | undefined {
  const [, , , its, owner] = arn.split(':');
  if (its !== (only ?? region)) {
    const where =
      only === undefined
        ? `the load balancer in ${region} serves certificates of that region only`
        : `${server} serves certificates of ${only} only, whatever the region of the stack`;
    return problem(`Cannot use the certificate "${arn}": it is in ${its}, and ${where}; request or import one there`);
  }
  if (owner !== account) {
    return problem(
      `Cannot use the certificate "${arn}": it is in the account ${owner}, and ${server} serves certificates of its own account, ${account}; request or import one there`,
    );
  }
  return undefined;
}

/** What keeps a certificate that the document names from being served. Undefined for one that is fine. */
export function namedCertificateProblem(
  site: Site,
  {
    arn,
    certificate,
    place,
    owner,
    now,
  }: {
    arn: string;
    certificate: NamedCertificate | undefined;
    place: CertificatePlace;
    owner: Owner;
    now: Date;
  },
): FieldError | undefined {
  if (!certificate) return problem(`Cannot find the certificate "${arn}" in this account and region; check the ARN`);
  const why =
    notTheTenants(certificate, site.tenant) ??
    ownAlready(certificate, owner) ??
    notTrusted(certificate) ??
    notHeld(certificate, place) ??
    notIssued(certificate) ??
    ending(certificate, now) ??
    notTaken(certificate, place) ??
    notFor(certificate, place.names(site));
  return why === undefined ? undefined : problem(`Cannot use the certificate "${arn}": ${why}`);
}

const problem = (detail: string): FieldError => ({ pointer: '#/certificate/arn', detail });

/** Of a certificate of another tenant it says no more than of one of no tenant. */
function notTheTenants({ arn, tags }: NamedCertificate, tenant: string | undefined): string | undefined {
  if (tenant === undefined || tags[TENANT_TAG] === tenant) return undefined;
  const command = `aws acm add-tags-to-certificate --certificate-arn ${arn} --tags Key=${TENANT_TAG},Value=${tenant}`;
  return `it has no tag "${TENANT_TAG}" with the value "${tenant}"; if it is this tenant's, run "${command}" and declare the site again`;
}

/** What it has made or adopted, undo deletes or gives back: it needs no name. */
function ownAlready({ tags }: NamedCertificate, owner: Owner): string | undefined {
  return isOwnedBy(owner, tags) ? 'it is the site\'s own already; leave "certificate" out' : undefined;
}

/** Whether the probes before traffic refuse it for its end. */
export function endsSoon(expiresAt: Date | undefined, now: Date): boolean {
  return expiresAt !== undefined && expiresAt.getTime() < now.getTime() + MINIMUM_DAYS * DAY_MS;
}

function ending({ expiresAt }: NamedCertificate, now: Date): string | undefined {
  if (!expiresAt || !endsSoon(expiresAt, now)) return undefined;
  return `it ends on ${expiresAt.toISOString()}, in less than ${MINIMUM_DAYS} days; renew it first, or name another one`;
}

/** Browsers do not know a private authority, and ACM imports what leads to none. */
function notTrusted({ type, chainError }: NamedCertificate): string | undefined {
  if (chainError !== undefined) {
    return `no browser trusts it as it was imported (${chainError}); import one of a public authority with its chain, or name another one`;
  }
  return type === 'PRIVATE'
    ? 'a private authority issued it, which browsers do not trust; name one of a public authority'
    : undefined;
}

/** Source: ACM User Guide, "Choosing how to issue certificates with AWS", checked 2026-11-29. */
function notHeld({ isAcme }: NamedCertificate, { server }: CertificatePlace): string | undefined {
  return isAcme
    ? `an ACME client has its key, so that ${server} cannot serve it; name one whose key ACM has`
    : undefined;
}

/** Failures A21. */
function notTaken({ key }: NamedCertificate, { server, keys }: CertificatePlace): string | undefined {
  if (!keys || key === undefined || keys.includes(key)) return undefined;
  return `its key is ${key}, which ${server} does not serve; name one with a key of one of these kinds: ${listed(keys)}`;
}

function notIssued({ status }: NamedCertificate): string | undefined {
  return status === 'ISSUED'
    ? undefined
    : `its status is "${status}", and only one that is "ISSUED" can be served; ${TO_DO[status] ?? 'name another one'}`;
}

/** What a person can do at each status. Source: ACM, CertificateDetail, `Status`, checked 2026-11-29. */
const TO_DO: Record<string, string> = {
  PENDING_VALIDATION: 'enter its validation records, wait until ACM has issued it, and declare the site again',
  EXPIRED: 'import its successor under the same ARN, or name another one',
};

function notFor({ names }: NamedCertificate, needed: readonly string[]): string | undefined {
  const missing = needed.filter((name) => !covers(names, name));
  if (missing.length === 0) return undefined;
  const quoted = (list: readonly string[]) => listed(list.map((name) => `"${name}"`));
  return `it is for ${quoted(names)}, and not for ${quoted(missing)}; name one that covers all names of the site`;
}
