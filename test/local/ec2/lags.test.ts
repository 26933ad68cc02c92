import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AnEc2, type AVpc, aGroup, anEc2, aVpc, IMAGE } from './an-ec2.ts';

let world: AnEc2;
let role: EC2;
let vpcId: string;
let subnetId: string;
beforeAll(async () => {
  world = await anEc2({ lagShare: 1 });
  const vpc: AVpc = await aVpc(world.ec2);
  ({ vpcId } = vpc);
  subnetId = vpc.subnetIds[0];
  const credentials = world.aws.role({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' });
  role = world.aws.client(EC2, { credentials });
});
afterAll(() => world.aws.close());

const settle = () => world.aws.clock.advance(10_000);
const port443 = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '192.0.2.0/24' }] }];

describe('A5: where every change of EC2 lags', () => {
  test('a group that was created is not found, or has no tags, for some seconds; nobody can create it again', async () => {
    const seen: string[] = [];
    for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) {
      const TagSpecifications = [{ ResourceType: 'security-group' as const, Tags: [{ Key: 'mine', Value: 'yes' }] }];
      const { GroupId = '' } = await role.createSecurityGroup({
        GroupName: name,
        Description: name,
        VpcId: vpcId,
        TagSpecifications,
      });
      await expect(
        role.createSecurityGroup({ GroupName: name, Description: name, VpcId: vpcId }),
      ).rejects.toMatchObject({ name: 'InvalidGroup.Duplicate' });
      const Filters = [{ Name: 'group-name', Values: [name] }];
      const { SecurityGroups: [found] = [] } = await role.describeSecurityGroups({ Filters });
      if (found) expect(found.Tags).toEqual([]);
      else {
        const asked = role.authorizeSecurityGroupIngress({ GroupId, IpPermissions: port443 });
        await expect(asked).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
        await expect(role.describeSecurityGroups({ GroupIds: [GroupId] })).rejects.toMatchObject({
          name: 'InvalidGroup.NotFound',
        });
      }
      seen.push(found ? 'without tags' : 'not found');
      const { SecurityGroups: [atOnce] = [] } = await world.ec2.describeSecurityGroups({ Filters });
      expect(atOnce?.Tags).toHaveLength(1);
      await settle();
      const { SecurityGroups: [later] = [] } = await role.describeSecurityGroups({ Filters });
      expect(later?.Tags).toHaveLength(1);
    }
    expect([...new Set(seen)].sort()).toEqual(['not found', 'without tags']);
  });

  test('an instance that was launched is neither listed nor found for some seconds, and its launch still answers', async () => {
    const launch = () =>
      role.runInstances({ ImageId: IMAGE, MinCount: 1, MaxCount: 1, SubnetId: subnetId, ClientToken: 'once' });
    const { Instances: [{ InstanceId = '' } = {}] = [] } = await launch();
    const Filters = [{ Name: 'client-token', Values: ['once'] }];
    for (const filter of [...Filters, { Name: 'instance-id', Values: [InstanceId] }]) {
      expect((await role.describeInstances({ Filters: [filter] })).Reservations).toEqual([]);
    }
    await expect(role.describeInstances({ InstanceIds: [InstanceId] })).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
    await expect(role.stopInstances({ InstanceIds: [InstanceId] })).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
    expect((await launch()).Instances).toMatchObject([{ InstanceId }]);
    await settle();
    expect((await launch()).Instances).toMatchObject([{ InstanceId }]);
    expect((await role.describeInstances({ Filters })).Reservations?.[0]?.Instances).toMatchObject([{ InstanceId }]);
    await role.terminateInstances({ InstanceIds: [InstanceId] });
    expect((await role.describeInstances({ InstanceIds: [InstanceId] })).Reservations).toMatchObject([
      { Instances: [{ State: { Name: 'shutting-down' } }] },
    ]);
  });

  test('a rule shows later, and a group that was deleted is listed for some seconds', async () => {
    const GroupId = await aGroup(world.ec2, { vpcId, name: 'changed' });
    await settle();
    await role.authorizeSecurityGroupIngress({ GroupId, IpPermissions: port443 });
    const rules = async () => (await role.describeSecurityGroups({ GroupIds: [GroupId] })).SecurityGroups?.[0];
    expect((await rules())?.IpPermissions).toHaveLength(1);
    await settle();
    expect((await rules())?.IpPermissions).toHaveLength(2);
    await role.deleteSecurityGroup({ GroupId });
    const named = async () => {
      const { SecurityGroups } = await role.describeSecurityGroups({
        Filters: [{ Name: 'group-name', Values: ['changed'] }],
      });
      return SecurityGroups;
    };
    expect(await named()).toMatchObject([{ GroupId }]);
    await settle();
    expect(await named()).toEqual([]);
  });
});
