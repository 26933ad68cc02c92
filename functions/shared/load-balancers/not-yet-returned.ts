import {
  CertificateNotFoundException,
  DuplicateListenerException,
  ListenerNotFoundException,
  LoadBalancerNotFoundException,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { Failure } from '../../../domain/errors.ts';

/** Not modelled by the SDK, so known by its code alone. Source: failures L1. */
const UNSUPPORTED = /^UnsupportedCertificate(Exception)?$/;

/** An error of ELB about what was created or issued moments ago, as a wait; any other as it is (failures L1, L2, L4, L10). */
export function notYetReturned(error: unknown): unknown {
  const message = waitingFor(error);
  return message === undefined ? error : new Failure('NotReady', message, { cause: error });
}

function waitingFor(error: unknown): string | undefined {
  const young =
    error instanceof CertificateNotFoundException || (error instanceof Error && UNSUPPORTED.test(error.name));
  if (young) return 'Waiting until the load balancer takes the certificate that ACM has just issued';
  if (error instanceof TargetGroupNotFoundException) return 'Waiting until ELB finds the target group';
  const hidden =
    error instanceof LoadBalancerNotFoundException ||
    error instanceof ListenerNotFoundException ||
    error instanceof DuplicateListenerException;
  return hidden ? 'Waiting until DescribeLoadBalancers returns the load balancer' : undefined;
}
