import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { AwsError } from '../../../wire/service.ts';
import type { ServedCertificate } from '../../elbv2/certificates.ts';
import { coversName } from '../aliases/names.ts';
import {
  aliasNotCovered,
  aliasWithoutCertificate,
  invalidArgument,
  invalidViewerCertificate,
  required,
  untrustedCertificate,
  unusableCertificate,
} from '../errors.ts';
import { chainVerdict } from './certificate-chain.ts';

/** CloudFront's certificates live there, whatever the home region. */
export const CERTIFICATE_REGION = 'us-east-1';

// Source: CloudFront Developer Guide, "Requirements for using SSL/TLS certificates with CloudFront"; checked 2026-11-29.
const KEY_ALGORITHMS = ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1'];

/** Where certificates are looked up, and who may have signed imported ones. */
interface Known {
  find(arn: string, region: string): ServedCertificate | undefined;
  authorities: readonly string[];
  now: Date;
}

/** Throws unless the viewer certificate can be served, and covers every alias. */
export function checkViewerCertificate(config: DistributionConfig, known: Known): void {
  const { ViewerCertificate, Aliases } = config;
  const aliases = Aliases?.Items ?? [];
  const arn = ViewerCertificate?.ACMCertificateArn;
  if (!arn) {
    if (aliases.length > 0) throw aliasWithoutCertificate();
    return;
  }
  if (ViewerCertificate.CloudFrontDefaultCertificate) {
    throw invalidArgument('The parameter ViewerCertificate must name one certificate.');
  }
  if (!ViewerCertificate.SSLSupportMethod) throw required('SSLSupportMethod');
  checkProtocol(ViewerCertificate.MinimumProtocolVersion);
  const certificate = known.find(arn, CERTIFICATE_REGION);
  if (certificate?.status !== 'ISSUED' || !isValid(certificate, known.now)) throw unusableCertificate();
  if (!KEY_ALGORITHMS.includes(certificate.keyAlgorithm)) {
    throw invalidViewerCertificate(
      `The specified SSL certificate uses a key algorithm that is not supported: ${certificate.keyAlgorithm}.`,
    );
  }
  const verdict = chainVerdict(certificate, known.authorities, known.now);
  if (verdict === 'unusable') throw unusableCertificate();
  if (verdict === 'untrusted') throw untrustedCertificate();
  if (!aliases.every((alias) => certificate.domains.some((domain) => coversName(domain, alias)))) {
    throw aliasNotCovered();
  }
}

function checkProtocol(version: string | undefined): void {
  if (version === 'SSLv3') {
    throw new AwsError('InvalidProtocolSettings', 'SSLv3 cannot be used with sni-only: choose TLSv1 or newer.');
  }
}

const isValid = ({ notAfter }: ServedCertificate, now: Date): boolean => notAfter === undefined || notAfter > now;
