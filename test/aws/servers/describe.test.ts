import {
  DescribeInstancesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { describeInstance } from '../../../aws/servers/describe-instance.ts';
import { describeSubnets } from '../../../aws/servers/describe-subnets.ts';

const mock = mockClient(EC2Client);
const ec2 = new EC2Client({});

beforeEach(() => {
  mock.reset();
});

describe('describeInstance()', () => {
  test('tells what a site needs of an instance', async () => {
    const Instances = [
      {
        InstanceId: 'i-01234567',
        State: { Name: 'running' as const },
        InstanceType: 't3.micro' as const,
        KeyName: 'mine',
        BlockDeviceMappings: [{ Ebs: { VolumeId: 'vol-1' } }],
        VpcId: 'vpc-1',
        SubnetId: 'subnet-1',
        Placement: { AvailabilityZone: 'us-east-1a' },
        PrivateIpAddress: '10.0.0.4',
        SecurityGroups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }],
        Tags: [
          { Key: 'Name', Value: 'web' },
          { Key: 'nameplate:tenant', Value: 'acme' },
        ],
        NetworkInterfaces: [
          { NetworkInterfaceId: 'eni-2', Attachment: { DeviceIndex: 1 } },
          { NetworkInterfaceId: 'eni-1', Attachment: { DeviceIndex: 0 } },
        ],
      },
    ];
    mock.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances }] });
    expect(await describeInstance(ec2, 'i-01234567')).toEqual({
      id: 'i-01234567',
      state: 'running',
      type: 't3.micro',
      key: 'mine',
      volumeIds: ['vol-1'],
      vpcId: 'vpc-1',
      subnetId: 'subnet-1',
      zone: 'us-east-1a',
      privateAddress: '10.0.0.4',
      networkInterfaceId: 'eni-1',
      tags: { Name: 'web', 'nameplate:tenant': 'acme' },
      securityGroupIds: ['sg-1', 'sg-2'],
      tenant: 'acme',
    });
  });

  test('is undefined for an id that nobody has', async () => {
    mock.on(DescribeInstancesCommand).resolves({ Reservations: [] });
    expect(await describeInstance(ec2, 'i-01234567')).toBeUndefined();
  });
});

describe('describeSubnets()', () => {
  const subnet = (letter: string) => ({
    SubnetId: `subnet-${letter}`,
    VpcId: 'vpc-1',
    AvailabilityZone: `us-east-1${letter}`,
    AvailableIpAddressCount: 250,
    CidrBlock: '10.0.0.0/24',
    Ipv6CidrBlockAssociationSet: letter === 'a' ? [{ Ipv6CidrBlockState: { State: 'associated' as const } }] : [],
  });
  const toInternet = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' as const };
  const toNat = { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'active' as const };

  test('calls public what its route table leads to an internet gateway', async () => {
    mock.on(DescribeSubnetsCommand).resolves({ Subnets: ['a', 'b', 'c', 'd'].map(subnet) });
    mock.on(DescribeRouteTablesCommand).resolves({
      RouteTables: [
        { Associations: [{ Main: true }], Routes: [toInternet] },
        { Associations: [{ SubnetId: 'subnet-b', Main: false }], Routes: [toNat] },
        { Associations: [{ SubnetId: 'subnet-c', Main: false }], Routes: [{ ...toInternet, State: 'blackhole' }] },
        { Associations: [{ SubnetId: 'subnet-d', Main: false }], Routes: [{ ...toInternet, GatewayId: 'local' }] },
      ],
    });
    const subnets = await describeSubnets(ec2, { vpcId: 'vpc-1' });
    expect(subnets.map((each) => [each.id, each.public])).toEqual([
      ['subnet-a', true],
      ['subnet-b', false],
      ['subnet-c', false],
      ['subnet-d', false],
    ]);
    expect(subnets[0]).toEqual({
      id: 'subnet-a',
      vpcId: 'vpc-1',
      zone: 'us-east-1a',
      cidr: '10.0.0.0/24',
      freeAddresses: 250,
      public: true,
      ipv6: false,
      routes: [{ cidr: '0.0.0.0/0', target: 'igw-1', blackhole: false }],
    });
  });

  test('says that one speaks IPv6 only when it has a block and the internet has a way to it', async () => {
    const six = { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1', State: 'active' as const };
    mock.on(DescribeSubnetsCommand).resolves({ Subnets: ['a', 'b'].map(subnet) });
    const withRoutes = async (...Routes: (typeof toInternet | typeof six)[]) => {
      mock.on(DescribeRouteTablesCommand).resolves({ RouteTables: [{ Associations: [{ Main: true }], Routes }] });
      return (await describeSubnets(ec2, { vpcId: 'vpc-1' })).map((each) => each.ipv6);
    };
    expect(await withRoutes(toInternet)).toEqual([false, false]);
    expect(await withRoutes(toInternet, six)).toEqual([true, false]);
    expect(await withRoutes(toInternet, { ...six, GatewayId: 'eigw-1' })).toEqual([false, false]);
  });

  test('asks for the given ids by a filter, so that an unknown one is left out and not an error', async () => {
    mock.on(DescribeSubnetsCommand).resolves({ Subnets: [subnet('a')] });
    mock.on(DescribeRouteTablesCommand).resolves({ RouteTables: [] });
    expect(await describeSubnets(ec2, { vpcId: 'vpc-1', ids: ['subnet-a', 'subnet-x'] })).toHaveLength(1);
    expect(mock.commandCalls(DescribeSubnetsCommand)[0]?.args[0].input).toEqual({
      Filters: [{ Name: 'subnet-id', Values: ['subnet-a', 'subnet-x'] }],
    });
  });

  test('reads every page', async () => {
    mock
      .on(DescribeSubnetsCommand)
      .resolvesOnce({ Subnets: [subnet('a')], NextToken: 'more' })
      .resolvesOnce({ Subnets: [subnet('b')] });
    mock
      .on(DescribeRouteTablesCommand)
      .resolvesOnce({ RouteTables: [], NextToken: 'more' })
      .resolvesOnce({ RouteTables: [{ Associations: [{ Main: true }], Routes: [toInternet] }] });
    expect((await describeSubnets(ec2, { vpcId: 'vpc-1' })).map((each) => each.public)).toEqual([true, true]);
  });
});
