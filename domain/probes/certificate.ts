/** A certificate as an endpoint served it for a name. */
export interface ServedCertificate {
  /** DNS names in it. */
  names: string[];
  /** Whether it covers the name that was asked for. */
  covers: boolean;
  /** "CN=Amazon RSA 2048 M02,O=Amazon,C=US" */
  issuer: string;
  serialNumber: string;
  validFrom: Date;
  validTo: Date;
  /** OpenSSL's code for what is wrong with the chain, dates left aside; undefined when it leads to a trusted root. */
  chainError?: string;
}

/** Something a probe found that must not stand. */
export interface Finding {
  reason:
    | 'unreachable'
    | 'certificateUntrusted'
    | 'nameNotCovered'
    | 'certificateNotYetValid'
    | 'certificateExpired'
    | 'certificateExpiresSoon'
    | 'pageUnacceptable'
    | 'redirectLoop'
    | 'redirectDead'
    | 'httpNotRedirected'
    | 'httpNotRejected'
    | 'originRefused'
    | 'removed';
  message: string;
}

const OF_CERTIFICATE: ReadonlySet<Finding['reason']> = new Set([
  'certificateUntrusted',
  'nameNotCovered',
  'certificateNotYetValid',
  'certificateExpired',
  'certificateExpiresSoon',
]);

/** Whether a finding is of the certificate that was served, and not of what was answered. */
export function isOfCertificate({ reason }: Finding): boolean {
  return OF_CERTIFICATE.has(reason);
}

export interface CertificateExpectation {
  name: string;
  now: Date;
  /** How long it must still be valid. */
  minimumDays: number;
}

/** Clocks differ: a certificate from the last minutes is not from the future. */
const CLOCK_SKEW_MS = 5 * 60_000;

const DAY_MS = 86_400_000;

/** How long a certificate must still be valid before traffic moves to it. Source: failures, invariant 5. */
export const MINIMUM_DAYS = 7;

type Check = (served: ServedCertificate, expected: CertificateExpectation) => Finding | undefined;

/** The first thing that is wrong with a certificate for a name, the gravest first; undefined when it is good. */
export function judgeCertificate(served: ServedCertificate, expected: CertificateExpectation): Finding | undefined {
  for (const check of CHECKS) {
    const finding = check(served, expected);
    if (finding) return finding;
  }
  return undefined;
}

const certificateUntrusted: Check = ({ chainError, issuer }, { name }) =>
  chainError === undefined
    ? undefined
    : {
        reason: 'certificateUntrusted',
        message: `The certificate for "${name}" by "${issuer}" leads to no trusted root (${chainError})`,
      };

const nameNotCovered: Check = ({ covers, names }, { name }) =>
  covers
    ? undefined
    : {
        reason: 'nameNotCovered',
        message: `The certificate doesn't cover "${name}"; it is for ${names.map((known) => `"${known}"`).join(', ') || 'no name'}`,
      };

const certificateNotYetValid: Check = ({ validFrom }, { name, now }) =>
  validFrom.getTime() <= now.getTime() + CLOCK_SKEW_MS
    ? undefined
    : {
        reason: 'certificateNotYetValid',
        message: `The certificate for "${name}" is valid from ${validFrom.toISOString()} on; it is ${now.toISOString()}`,
      };

const certificateExpired: Check = ({ validTo }, { name, now }) =>
  validTo.getTime() > now.getTime()
    ? undefined
    : {
        reason: 'certificateExpired',
        message: `The certificate for "${name}" expired on ${validTo.toISOString()}`,
      };

const certificateExpiresSoon: Check = ({ validTo }, { name, now, minimumDays }) =>
  validTo.getTime() >= now.getTime() + minimumDays * DAY_MS
    ? undefined
    : {
        reason: 'certificateExpiresSoon',
        message: `The certificate for "${name}" expires on ${validTo.toISOString()}, in less than ${minimumDays} days`,
      };

const CHECKS: readonly Check[] = [
  certificateUntrusted,
  nameNotCovered,
  certificateNotYetValid,
  certificateExpired,
  certificateExpiresSoon,
];
