import { listingAlarms } from '../../resources/alarm/permissions.ts';
import { readingDomainValidations } from '../../resources/domain-validation/permissions.ts';
import { certificatesHere, certificatesOfCloudFront } from '../../resources/permissions/certificate-arns.ts';
import { distributions } from '../../resources/permissions/distribution-arns.ts';
import { healthChecks } from '../../resources/permissions/health-checks.ts';
import { hostedZones } from '../../resources/permissions/hosted-zones.ts';
import { ledgerOfList } from '../../resources/permissions/ledger.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import { readingStoredCertificates } from '../../resources/permissions/secrets.ts';
import type { Grant } from '../../resources/permissions/statement.ts';
import { allow, anywhere } from '../../resources/permissions/statement.ts';

/** To ask the one function of the API that looks at the account. */
export function askSurvey({ surveyArn }: GrantScope): Grant {
  return allow([surveyArn], 'lambda:InvokeFunction');
}

/** To ask the one that does so for what is removed. */
export function askRemoval({ surveyRemovalArn }: GrantScope): Grant {
  return allow([surveyRemovalArn], 'lambda:InvokeFunction');
}

/** All that a plan is decided from, and nothing that changes anything. */
export function lookAround(scope: GrantScope): Grant[] {
  return [
    // Who else serves what a site has added to a load balancer.
    ledgerOfList(scope),
    anywhere(
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceTypes',
      'ec2:DescribeInstanceTypeOfferings',
      'ec2:DescribeVolumes',
      'ec2:DescribeKeyPairs',
      'ec2:DescribeVpcs',
      'ec2:DescribeSubnets',
      'ec2:DescribeRouteTables',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeManagedPrefixLists',
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeAddresses',
      'ec2:DescribeAccountAttributes',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeRegions',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeListenerCertificates',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
      'elasticloadbalancing:DescribeTags',
      'elasticloadbalancing:DescribeAccountLimits',
      'route53:ListHostedZones',
      'route53:ListHealthChecks',
      'route53:GetAccountLimit',
      'route53domains:GetDomainDetail',
      'route53domains:GetOperationDetail',
      'acm:ListCertificates',
      'cloudfront:ListDistributions',
      'cloudfront:ListFunctions',
    ),
    allow(
      hostedZones(scope),
      'route53:GetHostedZone',
      'route53:GetHostedZoneLimit',
      'route53:ListTagsForResource',
      'route53:ListResourceRecordSets',
    ),
    allow(
      [...certificatesHere(scope), ...certificatesOfCloudFront(scope)],
      'acm:DescribeCertificate',
      'acm:GetCertificate',
      'acm:ListTagsForCertificate',
    ),
    allow(healthChecks(scope), 'route53:ListTagsForResource'),
    listingAlarms(scope),
    readingStoredCertificates(scope),
    ...readingDomainValidations(scope),
    allow(distributions(scope), 'cloudfront:GetDistribution', 'cloudfront:ListTagsForResource'),
  ];
}
