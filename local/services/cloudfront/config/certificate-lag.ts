import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import type { Call } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { unusableCertificate } from '../errors.ts';

/**
 * How long a certificate that ACM has is not known to CloudFront yet, in seconds of AWS time. Source: pull request 4698 of
 * hashicorp/terraform-provider-aws, which retries for a minute; checked 2026-11-29.
 */
const UNKNOWN = { min: 5, max: 60 };

/** Throws InvalidViewerCertificate to a role, for a share of the certificates, for some seconds from their first use on. */
export function checkCertificateKnown(
  { host, certificatesKnownAt }: CloudFront,
  { ViewerCertificate }: DistributionConfig,
  { principal }: Call,
): void {
  const { clock, draws, lagShare = 0 } = host;
  const arn = ViewerCertificate?.ACMCertificateArn;
  if (!arn || principal.roleArn === undefined) return;
  const now = clock.now().getTime();
  const known = certificatesKnownAt.get(arn);
  const isLate = known === undefined && draws.fraction('cloudfront:certificate-late') < lagShare;
  const knownAt = known ?? (isLate ? now + 1000 * draws.seconds('cloudfront:certificate', arn, UNKNOWN) : now);
  certificatesKnownAt.set(arn, knownAt);
  if (knownAt > now) throw unusableCertificate();
}
