import type {
  AddListenerCertificatesInput,
  AddListenerCertificatesOutput,
  Certificate,
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput,
  RemoveListenerCertificatesInput,
  RemoveListenerCertificatesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { invalid } from '../errors.ts';
import { findListener } from '../find.ts';
import { listenersOf } from '../load-balancers/load-balancer.ts';
import { page } from '../paging.ts';
import { onOne } from '../permissions.ts';
import type { Listener } from './listener.ts';
import { certificateFor, release } from './use-certificate.ts';

// Source: Application Load Balancers User Guide, "Quotas": besides default certificates; checked 2026-11-22.
export const CERTIFICATES_PER_LOAD_BALANCER = 25;

/** Adds one certificate to those that SNI chooses from. One that is there already stays. */
export function addListenerCertificates(
  elb: Elb,
): Operation<AddListenerCertificatesInput, AddListenerCertificatesOutput> {
  return {
    ...onOne(elb, ({ ListenerArn }) => ListenerArn),
    run({ ListenerArn, Certificates }, call) {
      const listener = findListener(elb.region(call.region), ListenerArn);
      mustBeHttps(listener);
      const arn = onlyArn(Certificates);
      certificateFor(elb, call.region, arn);
      if (!listener.certificateArns.slice(1).includes(arn)) {
        const added = new Set(listenersOf(listener.loadBalancer).flatMap((it) => it.certificateArns.slice(1)));
        if (!added.has(arn) && added.size >= CERTIFICATES_PER_LOAD_BALANCER) {
          throw new AwsError(
            'TooManyCertificates',
            `The maximum number of certificates has been reached on load balancer '${listener.loadBalancer.arn}'`,
          );
        }
        listener.certificateArns.push(arn);
        elb.certificates.use(arn, listener.loadBalancer.arn);
      }
      return { Certificates: [{ CertificateArn: arn, IsDefault: false }] };
    },
  };
}

/** Takes certificates away; never the default one. One that isn't there is away already. */
export function removeListenerCertificates(
  elb: Elb,
): Operation<RemoveListenerCertificatesInput, RemoveListenerCertificatesOutput> {
  return {
    ...onOne(elb, ({ ListenerArn }) => ListenerArn),
    run({ ListenerArn, Certificates }, call) {
      const listener = findListener(elb.region(call.region), ListenerArn);
      mustBeHttps(listener);
      const arns = (Certificates ?? []).map(({ CertificateArn = '' }) => CertificateArn);
      const [defaultArn = '', ...others] = listener.certificateArns;
      for (const arn of arns) {
        if (arn === defaultArn) {
          throw new AwsError('OperationNotPermitted', 'Default certificate cannot be removed');
        }
      }
      listener.certificateArns = [defaultArn, ...others.filter((arn) => !arns.includes(arn))];
      for (const arn of arns) release(elb, listener.loadBalancer, arn);
      return {};
    },
  };
}

/** Describes the certificates of a listener, the default one marked. */
export function describeListenerCertificates(
  elb: Elb,
): Operation<DescribeListenerCertificatesInput, DescribeListenerCertificatesOutput> {
  return {
    run({ ListenerArn, PageSize, Marker }, call) {
      const { certificateArns } = findListener(elb.region(call.region), ListenerArn);
      const all = certificateArns.map((CertificateArn, index) => ({ CertificateArn, IsDefault: index === 0 }));
      const { items, ...next } = page(all, { PageSize, Marker });
      return { Certificates: items, ...next };
    },
  };
}

function mustBeHttps({ protocol }: Listener): void {
  if (protocol === 'HTTPS') return;
  throw new AwsError('OperationNotPermitted', 'Certificates can only be added to or removed from HTTPS listeners');
}

/** The ARN of exactly one certificate that isn't marked as the default. */
export function onlyArn(certificates: Certificate[] | undefined): string {
  const [certificate, ...more] = certificates ?? [];
  if (!certificate?.CertificateArn || more.length > 0) throw invalid('You must specify exactly one certificate');
  if (certificate.IsDefault !== undefined) throw invalid(`'IsDefault' cannot be set on a certificate`);
  return certificate.CertificateArn;
}
