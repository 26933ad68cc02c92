import type { DescribeInstancesResult } from '@aws-sdk/client-ec2';
import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { anIssuedCertificate } from './issued-certificate.ts';
import type { Nameplate } from './nameplate.ts';

/** A load balancer that another has made, with what serves behind it. */
export interface TheirBalancer {
  arn: string;
  listenerArn: string;
  certificateArn: string;
  targetGroupArn: string;
}

/**
 * A load balancer without tags of ours, before the world's instance: it serves the names under a certificate of its own, redirects
 * plain HTTP, and sends one path elsewhere.
 */
export async function aBalancerOfTheirs(
  nameplate: Nameplate,
  { zoneId, names, called = 'theirs' }: { zoneId: string; names: string[]; called?: string },
): Promise<TheirBalancer> {
  const { ask, world } = nameplate;
  const elb = <Output>(operation: string, input: object) => ask<Output>('elasticloadbalancing', operation, input);
  const certificateArn = await anIssuedCertificate(nameplate, { zoneId, names });
  const { vpcId: VpcId, subnetIds: Subnets, instanceId: Id } = world;
  const { GroupId } = await ask<{ GroupId: string }>('ec2', 'CreateSecurityGroup', {
    GroupName: called,
    Description: called,
    VpcId,
  });
  const open = (port: number, from: object) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...from });
  const everyone = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
  await ask('ec2', 'AuthorizeSecurityGroupIngress', {
    GroupId,
    IpPermissions: [open(443, everyone), open(80, everyone)],
  });
  const { Reservations = [] } = await ask<DescribeInstancesResult>('ec2', 'DescribeInstances', { InstanceIds: [Id] });
  await ask('ec2', 'AuthorizeSecurityGroupIngress', {
    GroupId: Reservations[0]?.Instances?.[0]?.SecurityGroups?.[0]?.GroupId,
    IpPermissions: [open(80, { UserIdGroupPairs: [{ GroupId }] })],
  });
  const group = { Name: called, Protocol: 'HTTP', Port: 80, VpcId, TargetType: 'instance' };
  const { TargetGroups: [target] = [] } = await elb<CreateTargetGroupOutput>('CreateTargetGroup', group);
  const { TargetGroupArn } = target ?? {};
  await elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id, Port: 80 }] });
  const { LoadBalancers: [balancer] = [] } = await elb<CreateLoadBalancerOutput>('CreateLoadBalancer', {
    Name: called,
    Subnets,
    SecurityGroups: [GroupId],
  });
  const { LoadBalancerArn = '' } = balancer ?? {};
  const RedirectConfig = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' };
  const redirect = [{ Type: 'redirect', RedirectConfig }];
  await elb('CreateListener', { LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions: redirect });
  const { Listeners: [listener] = [] } = await elb<CreateListenerOutput>('CreateListener', {
    LoadBalancerArn,
    Port: 443,
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: certificateArn }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  const ListenerArn = listener?.ListenerArn ?? '';
  const gone = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '410' } }];
  const Conditions = [{ Field: 'path-pattern', Values: ['/legacy'] }];
  await elb('CreateRule', { ListenerArn, Priority: 10, Conditions, Actions: gone });
  await nameplate.aws.clock.advance(10 * 60_000);
  return { arn: LoadBalancerArn, listenerArn: ListenerArn, certificateArn, targetGroupArn: TargetGroupArn ?? '' };
}
