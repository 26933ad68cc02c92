import type { ListCertificatesResponse } from '@aws-sdk/client-acm';
import type { ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import type { ListRolesResponse } from '@aws-sdk/client-iam';
import type { ListHostedZonesResponse, ListResourceRecordSetsResponse } from '@aws-sdk/client-route-53';
import { regionsOf } from '../../infra/deployment/regions.ts';
import type { Nameplate } from './nameplate.ts';

/** What shows everything that an onboarding could touch: service, operation, input and the list in its answer. */
const LISTINGS = [
  ['acm', 'ListAcmeEndpoints', 'AcmeEndpoints'],
  ['elasticloadbalancing', 'DescribeLoadBalancers', 'LoadBalancers'],
  ['elasticloadbalancing', 'DescribeTargetGroups', 'TargetGroups'],
  ['ec2', 'DescribeSecurityGroups', 'SecurityGroups'],
  ['ec2', 'DescribeSecurityGroupRules', 'SecurityGroupRules'],
  ['ec2', 'DescribeAddresses', 'Addresses'],
  ['ec2', 'DescribeTags', 'Tags'],
] as const;

/**
 * All that stands in the account and that an onboarding could touch, each thing as a line of JSON, in one order: two
 * pictures are equal when the world is.
 */
export async function picture(nameplate: Nameplate): Promise<string[]> {
  const things: unknown[] = [];
  for (const [service, operation, list] of LISTINGS) {
    const answer = await nameplate.ask<Record<string, unknown[]>>(service, operation);
    things.push(...(answer[list] ?? []).map((thing) => ({ list, thing })));
  }
  for (const region of regionsOf(nameplate.aws.region)) {
    const listed = await nameplate.ask<ListCertificatesResponse>('acm', 'ListCertificates', {}, region);
    things.push(...(listed.CertificateSummaryList ?? []).map((thing) => ({ list: 'CertificateSummaryList', thing })));
  }
  const { Roles = [] } = await nameplate.ask<ListRolesResponse>('iam', 'ListRoles', { PathPrefix: '/nameplate/' });
  things.push(...Roles.map((thing) => ({ list: 'Roles', thing })));
  const { DistributionList } = await nameplate.ask<ListDistributionsResult>('cloudfront', 'ListDistributions');
  things.push(...(DistributionList?.Items ?? []).map((thing) => ({ list: 'Distributions', thing })));
  const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
  for (const { Id, Name, CallerReference } of HostedZones) {
    const input = { HostedZoneId: Id };
    const { ResourceRecordSets = [] } = await nameplate.ask<ListResourceRecordSetsResponse>(
      'route53',
      'ListResourceRecordSets',
      input,
    );
    things.push({ zone: Name, CallerReference }, ...ResourceRecordSets.map((set) => ({ zone: Name, set })));
  }
  return things.map((thing) => JSON.stringify(thing)).sort();
}
