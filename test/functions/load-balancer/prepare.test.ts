import {
  DescribeInstancesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  AddTagsCommand,
  CreateLoadBalancerCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DuplicateLoadBalancerNameException,
  ElasticLoadBalancingV2Client,
  InvalidSecurityGroupException,
  InvalidSubnetException,
  LoadBalancerNotFoundException,
  SetSecurityGroupsCommand,
  TooManyLoadBalancersException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { resourceName } from '../../../domain/ownership.ts';
import { handler } from '../../../functions/resources/load-balancer.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  event as anEvent,
  awsError,
  context,
  domain,
  givenSite,
  mutations,
  ownTags,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'prepare' as const };
const ec2 = mockClient(EC2Client);
const elb = mockClient(ElasticLoadBalancingV2Client);
const balancer = {
  LoadBalancerArn: 'arn:lb',
  DNSName: 'NP-1.us-east-1.elb.amazonaws.com',
  CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
  VpcId: 'vpc-1',
  Scheme: 'internet-facing' as const,
  State: { Code: 'provisioning' as const },
  CreatedTime: new Date('2026-11-22T12:00:00Z'),
  SecurityGroups: ['sg-lb'],
};
const about = { message: 'The subnet has no room.', $metadata: {} };

beforeEach(() => {
  ec2.reset();
  elb.reset();
  elb
    .on(DescribeLoadBalancersCommand)
    .rejects(new LoadBalancerNotFoundException(about))
    .on(CreateLoadBalancerCommand)
    .resolves({ LoadBalancers: [balancer] })
    .on(DescribeTagsCommand)
    .resolves({ TagDescriptions: [{ Tags: ownTags }] });
  const running = { InstanceId: 'i-0123456789abcdef0', VpcId: 'vpc-1', Placement: { AvailabilityZone: 'us-east-1a' } };
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [running] }] });
  ec2.on(DescribeRouteTablesCommand).resolves({
    RouteTables: [
      {
        Associations: [{ Main: true }],
        Routes: [
          { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' },
          { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1', State: 'active' },
        ],
      },
    ],
  });
  withSubnets({ ipv6: ['subnet-a', 'subnet-b'] });
});

function withSubnets({ ipv6 }: { ipv6: string[] }): void {
  ec2.on(DescribeSubnetsCommand).resolves({
    Subnets: ['a', 'b'].map((letter) => ({
      SubnetId: `subnet-${letter}`,
      VpcId: 'vpc-1',
      AvailabilityZone: `us-east-1${letter}`,
      AvailableIpAddressCount: 250,
      ...(ipv6.includes(`subnet-${letter}`) && {
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: 'associated' } }],
      }),
    })),
  });
}
const given = (site = {}) =>
  givenSite(ledger, { site, outputs: { OpenSecurityGroups: { groupId: 'sg-lb', vpcId: 'vpc-1', wayIn: 'sg-1' } } });
const asked = () => elb.commandCalls(CreateLoadBalancerCommand)[0]?.args[0].input;

describe('CreateLoadBalancer', () => {
  test('starts one in a public subnet of every zone, tagged, for both protocols', async () => {
    await given();
    expect(await handler(event, context)).toEqual({
      loadBalancerArn: 'arn:lb',
      dnsName: 'np-1.us-east-1.elb.amazonaws.com',
      zoneId: 'Z35SXDOTRQ7X7K',
      createdAt: '2026-11-22T12:00:00.000Z',
    });
    expect(asked()).toEqual({
      Name: resourceName(domain),
      Type: 'application',
      Scheme: 'internet-facing',
      IpAddressType: 'dualstack',
      Subnets: ['subnet-a', 'subnet-b'],
      SecurityGroups: ['sg-lb'],
      Tags: ownTags,
    });
    expect((await theStep(ledger, 'CreateLoadBalancer')).made).toMatchObject([
      { type: 'load balancer', id: 'arn:lb', ours: true },
    ]);
  });

  test('speaks IPv4 only where a subnet has no IPv6 block', async () => {
    await given();
    withSubnets({ ipv6: ['subnet-a'] });
    await handler(event, context);
    expect(asked()?.IpAddressType).toBe('ipv4');
  });

  test('stands in the subnets that were declared', async () => {
    await given({ subnets: ['subnet-b', 'subnet-a'] });
    await handler(event, context);
    expect(asked()?.Subnets).toEqual(['subnet-b', 'subnet-a']);
  });

  test('changes nothing when it runs again', async () => {
    await given();
    elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [balancer] });
    const first = await handler(event, context);
    const before = await ledger.everything();
    expect(await handler(event, context)).toEqual(first);
    expect(mutations(elb)).toEqual([]);
    expect(ec2.calls()).toHaveLength(0);
    expect(await ledger.everything()).toEqual(before);
  });

  test('L5: adopts one that is nobody’s, remembers how it stood before it is touched, and never forgets it', async () => {
    await given({ adopt: true });
    elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{ ...balancer, SecurityGroups: ['sg-theirs'] }] });
    const theirs = [{ Key: 'team', Value: 'web' }];
    elb
      .on(DescribeTagsCommand)
      .resolvesOnce({ TagDescriptions: [{ Tags: theirs }] })
      .resolves({ TagDescriptions: [{ Tags: ownTags }] });
    const remembered = { id: 'arn:lb', before: { tags: { team: 'web' }, securityGroups: ['sg-theirs'] } };
    elb.on(AddTagsCommand).callsFake(async () => {
      expect((await theStep(ledger, 'CreateLoadBalancer')).made).toMatchObject([remembered]);
      return {};
    });
    elb.on(SetSecurityGroupsCommand).rejectsOnce(awsError('Throttling')).resolves({});
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
    await handler(event, context);
    expect(mutations(elb)).toEqual(['AddTags', 'SetSecurityGroups', 'SetSecurityGroups']);
    expect(elb.commandCalls(SetSecurityGroupsCommand)[0]?.args[0].input.SecurityGroups).toEqual(['sg-theirs', 'sg-lb']);
    expect((await theStep(ledger, 'CreateLoadBalancer')).made).toMatchObject([remembered]);
  });

  test('L5: adopts none of another site, and none that cannot be made to fit', async () => {
    await given({ adopt: true });
    elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [balancer] });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ Tags: [{ Key: 'nameplate:site', Value: 'x.test' }] }] });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Conflict' });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ Tags: [] }] });
    elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{ ...balancer, Scheme: 'internal' }] });
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('it is internal'),
    });
    expect(mutations(elb)).toEqual([]);
  });

  test('L5: touches no load balancer of that name without our tags', async () => {
    await given();
    elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [balancer] });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ Tags: [] }] });
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('(arn:lb): it has no owner tags'),
    });
  });

  test('does not use one of ours that stands in another VPC', async () => {
    await given();
    elb.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{ ...balancer, VpcId: 'vpc-2' }] });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Conflict' });
  });

  test('L5: looks again when one of that name was made meanwhile', async () => {
    await given();
    elb.on(CreateLoadBalancerCommand).rejects(new DuplicateLoadBalancerNameException(about));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('A5: waits for a security group that ELB does not find a moment after it was made', async () => {
    await given();
    elb.on(CreateLoadBalancerCommand).rejects(new InvalidSecurityGroupException(about));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('L8: says which subnets AWS does not take', async () => {
    await given();
    elb.on(CreateLoadBalancerCommand).rejects(new InvalidSubnetException(about));
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Misconfigured',
      message:
        'Cannot place the load balancer in subnet-a, subnet-b: The subnet has no room. Name other subnets, then declare the site again',
    });
  });

  test('stops at the quota of load balancers, and leaves a throttle to the workflow', async () => {
    await given();
    elb.on(CreateLoadBalancerCommand).rejects(new TooManyLoadBalancersException(about));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'QuotaReached' });
    elb.on(CreateLoadBalancerCommand).rejects(awsError('Throttling', 'Rate exceeded'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
  });
});
