import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import { anInstance } from '../ec2/an-ec2.ts';
import { type AnElbv2, aCertificate, anElbv2, ask, healthIn, tlsTo } from './an-elbv2.ts';

let world: AnElbv2;

describeWithAwsCli('the AWS CLI', () => {
  beforeAll(async () => {
    world = await anElbv2();
  });
  afterAll(() => world.aws.close());

  const cli = (...words: string[]) => awsCli(world.aws.url, ...words);

  test('looks at the network', async () => {
    const { vpcId, subnetIds, groupId } = world;
    await anInstance(world, { subnetId: subnetIds[0] });
    const filter = ['--filters', `Name=vpc-id,Values=${vpcId}`];
    expect(await cli('ec2', 'describe-vpcs')).toMatchObject({ Vpcs: [{ VpcId: vpcId, CidrBlock: '10.0.0.0/16' }] });
    expect(await cli('ec2', 'describe-subnets', ...filter)).toMatchObject({
      Subnets: [{ AvailabilityZone: 'us-east-1a' }, { AvailabilityZone: 'us-east-1b' }],
    });
    expect(await cli('ec2', 'describe-security-groups', '--group-ids', groupId)).toMatchObject({
      SecurityGroups: [{ GroupName: 'front', IpPermissions: [{ FromPort: 80 }, { FromPort: 443 }, { FromPort: 80 }] }],
    });
    expect(await cli('ec2', 'describe-instances', ...filter)).toMatchObject({
      Reservations: [
        { Instances: [{ State: { Name: 'running' }, LaunchTime: expect.stringMatching(/^2026-11-22T/) }] },
      ],
    });
    expect(await cli('ec2', 'describe-addresses')).toEqual({ Addresses: [] });
  });

  test('puts an instance behind HTTPS', async () => {
    const { subnetIds, groupId, vpcId, aws, ec2, names } = world;
    const { instanceId } = await anInstance(world, { subnetId: subnetIds[0], groupIds: [groupId] });
    const elbv2 = async (...words: string[]) => (await cli('elbv2', ...words)) as Record<string, never[]>;
    const made = await elbv2(
      'create-load-balancer',
      ...['--name', 'shop', '--subnets', ...subnetIds, '--security-groups', groupId],
    );
    const { LoadBalancerArn, DNSName } = (made.LoadBalancers?.[0] ?? {}) as {
      LoadBalancerArn: string;
      DNSName: string;
    };
    const groups = await elbv2(
      'create-target-group',
      ...['--name', 'shop', '--protocol', 'HTTP', '--port', '80', '--vpc-id', vpcId],
    );
    const { TargetGroupArn } = (groups.TargetGroups?.[0] ?? {}) as { TargetGroupArn: string };
    await elbv2('register-targets', '--target-group-arn', TargetGroupArn, '--targets', `Id=${instanceId}`);
    const certificate = await aCertificate(world);
    await elbv2(
      'create-listener',
      ...['--load-balancer-arn', LoadBalancerArn, '--protocol', 'HTTPS', '--port', '443'],
      ...['--certificates', `CertificateArn=${certificate}`],
      ...['--default-actions', `Type=forward,TargetGroupArn=${TargetGroupArn}`],
    );
    await aws.clock.until(async () => (await healthIn(world, TargetGroupArn))?.State === 'healthy');
    expect(await elbv2('describe-load-balancers', '--names', 'shop')).toMatchObject({
      LoadBalancers: [{ State: { Code: 'active' }, AvailabilityZones: [{ ZoneName: 'us-east-1a' }, {}] }],
    });
    const socket = await tlsTo(world, { to: names.get(DNSName)?.a()[0] ?? '', servername: 'shop.example.test' });
    expect((await ask(socket)).body).toContain(instanceId);
    const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({});
    expect(NetworkInterfaces?.length).toBeGreaterThan(2);
  });

  test('shows errors as AWS words them', async () => {
    await expect(cli('elbv2', 'describe-load-balancers', '--names', 'nobody')).rejects.toThrow(
      "An error occurred (LoadBalancerNotFound) when calling the DescribeLoadBalancers operation: Load balancers '[nobody]' not found",
    );
    await expect(cli('ec2', 'describe-vpcs', '--vpc-ids', 'vpc-0123456789abcdef0')).rejects.toThrow(
      "(InvalidVpcID.NotFound) when calling the DescribeVpcs operation: The vpc ID 'vpc-0123456789abcdef0' does not exist",
    );
  });
});
