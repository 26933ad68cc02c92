import { certificatesOfCloudFront } from '../permissions/certificate-arns.ts';
import { distributions } from '../permissions/distribution-arns.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import { onNobodys, onOurs } from '../permissions/own-tags.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

/**
 * A move changes both distributions, and CloudFront wants the permission to update each: ours, and those that no stack has tagged. No
 * other function may change a distribution that is not ours.
 */
export function aliasPermissions(scope: GrantScope): Grant[] {
  const moving = ['cloudfront:AssociateAlias', 'cloudfront:UpdateDistribution'];
  return [
    ledgerOfStep(scope),
    anywhere('cloudfront:ListDistributions'),
    allow(distributions(scope), 'cloudfront:GetDistribution', 'cloudfront:ListTagsForResource'),
    allow(certificatesOfCloudFront(scope), 'acm:DescribeCertificate'),
    onOurs(scope, distributions(scope), ...moving),
    onNobodys(distributions(scope), ...moving),
  ];
}
