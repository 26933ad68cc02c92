import type { CertificateStatus, KeyAlgorithm } from '@aws-sdk/client-acm';
import type { Acm } from './acm.ts';
import { RELEASE, RELEASE_LATE, USE_LATE } from './delays.ts';
import type { Rollout } from './rollout.ts';

/** A certificate as a load balancer serves it. The PEM texts are empty until it is issued. */
export interface ServedCertificate {
  arn: string;
  status: CertificateStatus;
  /** Lower case; "*.example.test" covers one label. */
  domains: string[];
  keyAlgorithm: KeyAlgorithm;
  certificatePem: string;
  chainPem: string;
  privateKeyPem: string;
  /** By AWS time; undefined until issued. */
  notAfter: Date | undefined;
}

/** What services that put certificates to use know of ACM. */
export interface CertificatesInUse {
  /** The certificate as it is now: ask again for each connection, for a renewal changes it. */
  find(arn: string, region: string): ServedCertificate | undefined;
  /** `userArn` uses the certificate from now on. ACM may notice later. */
  use(arn: string, userArn: string): void;
  /** `userArn` no longer uses it. ACM notices after some seconds, or many minutes. */
  release(arn: string, userArn: string): void;
}

export function certificatesInUse(acm: Acm, rollout: Rollout): CertificatesInUse {
  const { clock, draws, lagShare = 0 } = acm.host;
  const isLate = (what: string) => draws.fraction(`acm:late:${what}`) < lagShare;
  const named = (arn: string) => acm.certificates.find(arn, arn.split(':')[3] ?? '');
  return {
    find(arn, region) {
      const certificate = acm.certificates.find(arn, region);
      // ACM has no key of what ACME clients got, so that no service finds it.
      if (!certificate || certificate.acme) return undefined;
      const material = rollout.served(certificate);
      return {
        arn,
        status: certificate.status,
        domains: [...certificate.names],
        keyAlgorithm: certificate.keyAlgorithm,
        certificatePem: material?.certificatePem ?? '',
        chainPem: material?.chainPem ?? '',
        privateKeyPem: material?.privateKeyPem ?? '',
        notAfter: material?.notAfter,
      };
    },
    use(arn, userArn) {
      const certificate = named(arn);
      if (!certificate) return;
      certificate.usedBy.add(userArn);
      const show = () => {
        if (certificate.usedBy.has(userArn)) certificate.inUseBy.add(userArn);
      };
      if (isLate('use')) clock.after(draws.seconds('acm:use', arn, USE_LATE) * 1000, show);
      else show();
    },
    release(arn, userArn) {
      const certificate = named(arn);
      if (!certificate?.usedBy.delete(userArn)) return;
      const bounds = isLate('release') ? RELEASE_LATE : RELEASE;
      clock.after(draws.seconds('acm:release', arn, bounds) * 1000, () => {
        if (!certificate.usedBy.has(userArn)) certificate.inUseBy.delete(userArn);
      });
    },
  };
}
