import { isCode } from '../../aws/error-code.ts';
import { Failure } from '../../domain/errors.ts';

/** An error of ELB about what was created or issued moments ago, as a wait; any other as it is (failures L1, L2, L4, L10). */
export function notYetReturned(error: unknown): unknown {
  const message = waitingFor(error);
  return message === undefined ? error : new Failure('NotReady', message, { cause: error });
}

function waitingFor(error: unknown): string | undefined {
  const young = isCode(error, 'CertificateNotFound', 'UnsupportedCertificate');
  if (young) return 'Waiting until the load balancer takes the certificate that ACM has just issued';
  if (isCode(error, 'TargetGroupNotFound')) return 'Waiting until ELB finds the target group';
  if (isCode(error, 'RuleNotFound', 'PriorityInUse'))
    return 'Waiting until DescribeRules returns the rules of port 443';
  const hidden = isCode(error, 'LoadBalancerNotFound', 'ListenerNotFound', 'DuplicateListener');
  return hidden ? 'Waiting until DescribeLoadBalancers returns the load balancer' : undefined;
}
