import {
  type Address,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type ServiceInputTypes as Ec2Input,
  type ServiceOutputTypes as Ec2Output,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  type TargetDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsStub } from 'aws-sdk-client-mock';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';

interface Stubs {
  elb: AwsStub<ServiceInputTypes, ServiceOutputTypes, ElasticLoadBalancingV2Client['config']>;
  ec2: AwsStub<Ec2Input, Ec2Output, EC2Client['config']>;
}

interface Edge {
  loadBalancer: LoadBalancer;
  secure: Listener;
  plain: Listener;
  target: TargetDescription;
  /** The load balancer's, and the instance's. */
  group: SecurityGroup;
  instanceGroup: SecurityGroup;
  address: Address;
}

const instance = 'i-0123456789abcdef0';
const everywhere = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };

/** What the steps that create the edge have left. */
export const edgeOutputs = {
  RequestCertificate: { certificateArn: 'arn:certificate', records: [] },
  OpenSecurityGroups: { groupId: 'sg-lb', vpcId: 'vpc-1', wayIn: 'sg-web' },
  CreateLoadBalancer: { loadBalancerArn: 'arn:lb', dnsName: 'np', zoneId: 'Z', createdAt: '2026-11-22T12:00:00.000Z' },
  CreateTargetGroup: { targetGroupArn: 'arn:tg' },
  ReserveAddress: { address: '203.0.113.9' },
  AttachCertificate: { listenerArn: 'arn:443' },
} satisfies Partial<StepOutputs>;

/** All of the edge, as the steps have left it. */
export const anEdge: Edge = {
  loadBalancer: { LoadBalancerArn: 'arn:lb', State: { Code: 'active' }, SecurityGroups: ['sg-lb'] },
  secure: {
    ListenerArn: 'arn:443',
    Port: 443,
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: 'arn:certificate' }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:tg' }],
  },
  plain: {
    ListenerArn: 'arn:80',
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
  },
  target: { Id: instance, Port: 80 },
  group: {
    GroupId: 'sg-lb',
    IpPermissions: [443, 80].map((port) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...everywhere })),
  },
  instanceGroup: {
    GroupId: 'sg-web',
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: 'sg-lb' }] }],
  },
  address: { AllocationId: 'eipalloc-1', PublicIp: '203.0.113.9', InstanceId: instance },
};

/** Has the account return the edge; what is `undefined` in `changes` is missing. */
export function showEdge({ elb, ec2 }: Stubs, changes: { [Part in keyof Edge]?: Edge[Part] | undefined } = {}): void {
  const edge = { ...anEdge, ...changes };
  elb
    .on(DescribeLoadBalancersCommand)
    .resolves({ LoadBalancers: present(edge.loadBalancer) })
    .on(DescribeListenersCommand)
    .resolves({ Listeners: present(edge.secure, edge.plain) })
    .on(DescribeTargetHealthCommand)
    .resolves({
      TargetHealthDescriptions: present(edge.target).map((Target) => ({ Target, TargetHealth: { State: 'healthy' } })),
    });
  ec2
    .on(DescribeSecurityGroupsCommand)
    .resolves({ SecurityGroups: present(edge.group, edge.instanceGroup) })
    .on(DescribeInstancesCommand)
    .resolves({ Reservations: [{ Instances: [{ InstanceId: instance, SecurityGroups: [{ GroupId: 'sg-web' }] }] }] })
    .on(DescribeAddressesCommand)
    .resolves({ Addresses: present(edge.address) });
}

function present<Part>(...parts: (Part | undefined)[]): Part[] {
  return parts.filter((part) => part !== undefined);
}
