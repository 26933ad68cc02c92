import { readingDistribution, readingEdgeRemovals } from '../../resources/edge-removals/permissions.ts';
import { certificatesHere, certificatesOfCloudFront } from '../../resources/permissions/certificate-arns.ts';
import { hostedZones } from '../../resources/permissions/hosted-zones.ts';
import { ledger, ledgerOfList } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { allow, anywhere, type FunctionGrants } from '../../resources/permissions/statement.ts';
import { siteGrants } from './sites.ts';

/** functions/care/: what looks at live sites, and tells people what stands. */
export function careGrants(scope: GrantScope): FunctionGrants {
  return {
    'list-alerts': [ledgerOfList(scope)],
    'list-certificates': [ledgerOfList(scope)],
    'acknowledge-alert': [ledger(scope, 'GetItem', 'PutItem')],
    'sweep-care': [
      ledgerOfList(scope),
      anywhere('acm:ListCertificates'),
      allow([scope.careArn], 'lambda:InvokeFunction'),
    ],
    'care-for-site': [
      ledger(scope, 'Query', 'GetItem', 'PutItem', 'DeleteItem'),
      readingEdgeRemovals(),
      readingDistribution(scope),
      allow(
        [...certificatesHere(scope), ...certificatesOfCloudFront(scope)],
        'acm:DescribeCertificate',
        'acm:ListTagsForCertificate',
      ),
      allow(hostedZones(scope), 'route53:GetHostedZone', 'route53:ListResourceRecordSets'),
      anywhere('route53domains:GetDomainDetail'),
      allow([scope.busArn], 'events:PutEvents'),
      allow([scope.repairArn], 'lambda:InvokeFunction'),
    ],
    // What a request that changes a site may do.
    'repair-site': siteGrants(scope)['change-site'] ?? [],
  };
}
