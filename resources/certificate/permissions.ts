import { certificatesHere } from '../permissions/certificate-arns.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import { onOurs, withOurTags } from '../permissions/own-tags.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function certificatePermissions(scope: GrantScope): Grant[] {
  const certificates = certificatesHere(scope);
  return [
    ledgerOfStep(scope),
    // What serves a certificate is looked for before it is deleted.
    anywhere(
      'acm:ListCertificates',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeListenerCertificates',
      'elasticloadbalancing:DescribeTags',
    ),
    allow(certificates, 'acm:DescribeCertificate', 'acm:GetCertificate', 'acm:ListTagsForCertificate'),
    withOurTags(scope, ['*'], 'acm:RequestCertificate'),
    withOurTags(scope, certificates, 'acm:AddTagsToCertificate'),
    onOurs(scope, certificates, 'acm:DeleteCertificate', 'acm:RemoveTagsFromCertificate'),
  ];
}
