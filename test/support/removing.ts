import {
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  RemoveTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { MadeType } from '../../domain/ledger/made.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { resourceName } from '../../domain/ownership.ts';
import { useLedger } from './ledger.ts';
import { domain, givenUndo, ownTags, stood } from './steps.ts';

/** The site's load balancer. */
export const arn = `arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/${resourceName(domain)}/1`;

/** What errors of the SDK are made of. */
export const about = { message: 'not there', $metadata: {} };

/** Something of the site's, as the ledger has it. */
export const made = (type: MadeType, id: string) => ({ type, id, ours: true });

/** What a change has found by the time that it releases the rest: the site's load balancer stays. */
export const onItsLoadBalancer: Partial<StepOutputs> = {
  ...stood,
  CreateLoadBalancer: { loadBalancerArn: arn, dnsName: 'np', zoneId: 'Z', createdAt: '2026-11-22T12:00:00.000Z' },
};

/** An account in which the site has its load balancer and nothing else. Each test begins so, in the middle of an undo. */
export function useRemoving() {
  const ledger = useLedger();
  const elb = mockClient(ElasticLoadBalancingV2Client);
  const ec2 = mockClient(EC2Client);

  beforeEach(async () => {
    elb.reset();
    ec2.reset();
    elb.on(DeleteListenerCommand).resolves({}).on(DeleteLoadBalancerCommand).resolves({});
    elb.on(DeleteTargetGroupCommand).resolves({});
    elb.on(ModifyListenerCommand).resolves({}).on(RemoveTagsCommand).resolves({});
    elb.on(DescribeListenerCertificatesCommand).resolves({ Certificates: [] });
    elb.on(DescribeRulesCommand).resolves({ Rules: [] });
    elb.on(DescribeTargetHealthCommand).resolves({ TargetHealthDescriptions: [] });
    elb.on(DescribeLoadBalancerAttributesCommand).resolves({ Attributes: [] });
    ec2.on(DescribeNetworkInterfacesCommand).resolves({ NetworkInterfaces: [] });
    ec2.on(DeleteSecurityGroupCommand).resolves({}).on(RevokeSecurityGroupIngressCommand).resolves({});
    loadBalancers(arn);
    tags({ [arn]: ownTags });
    await givenUndo(ledger);
  });

  const named = (LoadBalancerArn: string) => ({
    LoadBalancerArn,
    LoadBalancerName: resourceName(domain),
    Type: 'application' as const,
  });

  function loadBalancers(...arns: string[]): void {
    const LoadBalancers = arns.map((LoadBalancerArn) => ({ ...named(LoadBalancerArn), DNSName: 'np.elb.test' }));
    elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers });
  }

  function tags(of: Record<string, { Key: string; Value: string }[]>): void {
    elb.on(DescribeTagsCommand).callsFake(({ ResourceArns }: { ResourceArns: string[] }) => ({
      TagDescriptions: ResourceArns.map((asked) => ({ ResourceArn: asked, Tags: of[asked] ?? [] })),
    }));
  }

  const listeners = (...arns: string[]) =>
    elb.on(DescribeListenersCommand).resolves({
      Listeners: arns.map((each) => ({ ListenerArn: each, Port: 443, Protocol: 'HTTPS' as const })),
    });

  return { ledger, elb, ec2, named, loadBalancers, tags, listeners };
}
