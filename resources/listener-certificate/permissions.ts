import { ledgerOfStep } from '../permissions/ledger.ts';
import { arnHere, type GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

/** The load balancer is another's and bears no tag of ours: nothing but the list of certificates of its listeners can be changed. */
export function listenerCertificatePermissions(scope: GrantScope): Grant[] {
  return [
    ledgerOfStep(scope),
    anywhere(
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeListenerCertificates',
      'elasticloadbalancing:DescribeTags',
      'elasticloadbalancing:DescribeAccountLimits',
    ),
    allow(
      [arnHere(scope, 'elasticloadbalancing', 'listener/app/*/*/*')],
      'elasticloadbalancing:AddListenerCertificates',
      'elasticloadbalancing:RemoveListenerCertificates',
    ),
  ];
}
