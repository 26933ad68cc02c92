import type { CertificateStatus, KeyAlgorithm } from '@aws-sdk/client-acm';
import type { Acm } from './acm.ts';
import { RELEASE } from './delays.ts';

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
  /** `userArn` uses the certificate from now on. */
  use(arn: string, userArn: string): void;
  /** `userArn` no longer uses it. ACM notices after some seconds. */
  release(arn: string, userArn: string): void;
}

export function certificatesInUse(acm: Acm): CertificatesInUse {
  const { clock, draws } = acm.host;
  const named = (arn: string) => acm.certificates.find(arn, arn.split(':')[3] ?? '');
  return {
    find(arn, region) {
      const certificate = acm.certificates.find(arn, region);
      if (!certificate) return undefined;
      const { material } = certificate;
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
      named(arn)?.usedBy.add(userArn);
      named(arn)?.inUseBy.add(userArn);
    },
    release(arn, userArn) {
      const certificate = named(arn);
      if (!certificate?.usedBy.delete(userArn)) return;
      clock.after(draws.seconds('acm:release', arn, RELEASE) * 1000, () => {
        if (!certificate.usedBy.has(userArn)) certificate.inUseBy.delete(userArn);
      });
    },
  };
}
