import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import {
  DescribeAddressesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

/** An account that has nothing that a site could be made of. Each test begins so. */
export function useEmptyAccount() {
  const acm = mockClient(ACMClient);
  const ec2 = mockClient(EC2Client);
  const elb = mockClient(ElasticLoadBalancingV2Client);
  const route53 = mockClient(Route53Client);

  beforeEach(() => {
    for (const mock of [acm, ec2, elb, route53]) mock.reset();
    acm.on(ListCertificatesCommand).resolves({});
    for (const command of [
      DescribeAddressesCommand,
      DescribeNetworkInterfacesCommand,
      DescribeRegionsCommand,
      DescribeSecurityGroupRulesCommand,
      DescribeSecurityGroupsCommand,
    ])
      ec2.on(command as typeof DescribeAddressesCommand).resolves({});
    for (const command of [
      DescribeListenerCertificatesCommand,
      DescribeListenersCommand,
      DescribeLoadBalancerAttributesCommand,
      DescribeLoadBalancersCommand,
      DescribeRulesCommand,
      DescribeTagsCommand,
      DescribeTargetGroupsCommand,
      DescribeTargetHealthCommand,
    ])
      elb.on(command as typeof DescribeListenersCommand).resolves({});
    route53.on(ListHostedZonesCommand).resolves({ HostedZones: [], IsTruncated: false } as never);
  });
  return { acm, ec2, elb, route53 };
}
