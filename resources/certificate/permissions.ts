import { certificatesHere } from '../permissions/certificate-arns.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import { onOurs, withOurTags } from '../permissions/own-tags.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { readingStoredCertificates } from '../permissions/secrets.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function certificatePermissions(scope: GrantScope): Grant[] {
  return certificatesIn(scope, { certificates: certificatesHere(scope), region: scope.region });
}

/** Requesting, importing, adopting and releasing certificates of ours. */
export function certificatesIn(
  scope: GrantScope,
  { certificates, region }: { certificates: string[]; region: string },
): Grant[] {
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
    readingStoredCertificates(scope),
    // Anew, and in the place of one of ours.
    withOurTags(scope, certificates, 'acm:ImportCertificate'),
    onOurs(scope, certificates, 'acm:ImportCertificate'),
    inRegion(region, withOurTags(scope, ['*'], 'acm:RequestCertificate')),
    withOurTags(scope, certificates, 'acm:AddTagsToCertificate'),
    onOurs(scope, certificates, 'acm:DeleteCertificate', 'acm:RemoveTagsFromCertificate'),
  ];
}

/** What IAM judges by no resource is narrowed to a region. */
function inRegion(region: string, { conditions, ...grant }: Grant): Grant {
  const equals = { ...conditions?.StringEquals, 'aws:RequestedRegion': region };
  return { ...grant, conditions: { ...conditions, StringEquals: equals } };
}
