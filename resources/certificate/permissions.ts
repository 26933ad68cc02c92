import { certificatesHere } from '../permissions/certificate-arns.ts';
import { ledgerOfStep } from '../permissions/ledger.ts';
import { onOurs, withOurTags } from '../permissions/own-tags.ts';
import type { GrantScope } from '../permissions/scope.ts';
import { readingStoredCertificates } from '../permissions/secrets.ts';
import { allow, anywhere, type Grant } from '../permissions/statement.ts';

export function certificatePermissions(scope: GrantScope): Grant[] {
  return certificatesIn(scope, { certificates: certificatesHere(scope), region: scope.region, exportable: true });
}

/** Requesting, importing, adopting and releasing certificates of ours. */
export function certificatesIn(
  scope: GrantScope,
  { certificates, region, exportable = false }: { certificates: string[]; region: string; exportable?: boolean },
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
    requesting({ region, exportable }, withOurTags(scope, ['*'], 'acm:RequestCertificate')),
    withOurTags(scope, certificates, 'acm:AddTagsToCertificate'),
    onOurs(scope, certificates, 'acm:DeleteCertificate', 'acm:RemoveTagsFromCertificate'),
  ];
}

/** What IAM judges by no resource is narrowed to a region, and where no server is given one, to certificates that stay in ACM. */
function requesting(
  { region, exportable }: { region: string; exportable: boolean },
  { conditions, ...grant }: Grant,
): Grant {
  const equals = { ...conditions?.StringEquals, 'aws:RequestedRegion': region };
  // Whether a request that says nothing of it has the key is not documented: this is met either way.
  const stays = exportable ? {} : { StringNotEquals: { 'acm:Export': 'ENABLED' } };
  return { ...grant, conditions: { ...conditions, StringEquals: equals, ...stays } };
}
