import { AwsError } from '../../../wire/service.ts';
import type { ServedCertificate } from '../certificates.ts';
import type { Elb } from '../elb.ts';
import { type LoadBalancer, listenersOf } from '../load-balancers/load-balancer.ts';

/**
 * The certificate of that ARN, if a listener can have it: it must be there, in this region, and issued.
 * A renewal leaves a certificate that is in use issued; one that has expired since stays on its listener.
 */
export function certificateFor(elb: Elb, region: string, arn: string): ServedCertificate {
  const certificate = elb.certificates.find(arn, region);
  if (!certificate) throw new AwsError('CertificateNotFound', `Certificate '${arn}' not found`);
  if (certificate.status !== 'ISSUED') {
    throw new AwsError(
      'UnsupportedCertificate',
      `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
    );
  }
  return certificate;
}

/** Gives the certificate free unless a listener of the load balancer still has it. */
export function release(elb: Elb, loadBalancer: LoadBalancer, arn: string): void {
  if (listenersOf(loadBalancer).some(({ certificateArns }) => certificateArns.includes(arn))) return;
  elb.certificates.release(arn, loadBalancer.arn);
}
