import type { CloudFront } from '../cloudfront.ts';
import { CERTIFICATE_REGION } from '../config/viewer-certificate.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { coversName } from './names.ts';

/** Whether the distribution's own certificate is good and covers the name. */
export function certificateCovers({ around }: CloudFront, { config }: Distribution, name: string): boolean {
  const arn = config.ViewerCertificate.ACMCertificateArn;
  const certificate = arn ? around.certificates.find(arn, CERTIFICATE_REGION) : undefined;
  return certificate?.status === 'ISSUED' && certificate.domains.some((domain) => coversName(domain, name));
}
