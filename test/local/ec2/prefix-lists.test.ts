import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnEc2, anEc2, anInstance, aVpc } from './an-ec2.ts';

const NAME = 'com.amazonaws.global.cloudfront.origin-facing';
let world: AnEc2;
let vpcId: string;
let list: string;
let count = 0;
beforeAll(async () => {
  world = await anEc2();
  ({ vpcId } = await aVpc(world.ec2));
  const { PrefixLists } = await world.ec2.describeManagedPrefixLists({
    Filters: [{ Name: 'prefix-list-name', Values: [NAME] }],
  });
  list = String(PrefixLists?.[0]?.PrefixListId);
});
afterAll(() => world.aws.close());

/** A group that lets nothing in. */
async function aGroup(): Promise<string> {
  const { GroupId } = await world.ec2.createSecurityGroup({
    VpcId: vpcId,
    GroupName: `listed-${count++}`,
    Description: 'd',
  });
  return String(GroupId);
}
const fromList = (port: number) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  PrefixListIds: [{ PrefixListId: list, Description: 'CloudFront' }],
});
const letIn = (GroupId: string, ...IpPermissions: object[]) =>
  world.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });

test("CloudFront's list is one of AWS's own, with the addresses that its edge locations connect from", async () => {
  const { PrefixLists } = await world.ec2.describeManagedPrefixLists({ PrefixListIds: [list] });
  expect(PrefixLists).toEqual([
    {
      PrefixListId: 'pl-3b927c52',
      AddressFamily: 'IPv4',
      State: 'create-complete',
      PrefixListArn: 'arn:aws:ec2:us-east-1:aws:prefix-list/pl-3b927c52',
      PrefixListName: NAME,
      Tags: [],
      OwnerId: 'AWS',
    },
  ]);
  expect((await world.ec2.getManagedPrefixListEntries({ PrefixListId: list })).Entries).toEqual([
    { Cidr: '198.51.100.112/28' },
  ]);
  expect((await world.ec2.describeManagedPrefixLists({})).PrefixLists?.length).toBeGreaterThan(1);
});

test('a rule for the list is shown, described and taken back', async () => {
  const GroupId = await aGroup();
  const { SecurityGroupRules } = await letIn(GroupId, fromList(443));
  expect(SecurityGroupRules).toMatchObject([{ PrefixListId: list, FromPort: 443, Description: 'CloudFront' }]);
  const { SecurityGroups } = await world.ec2.describeSecurityGroups({
    Filters: [{ Name: 'ip-permission.prefix-list-id', Values: [list] }],
  });
  expect(SecurityGroups).toMatchObject([
    { GroupId, IpPermissions: [{ PrefixListIds: [{ PrefixListId: list, Description: 'CloudFront' }], IpRanges: [] }] },
  ]);
  await expect(letIn(GroupId, fromList(443))).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' });
  const { RevokedSecurityGroupRules } = await world.ec2.revokeSecurityGroupIngress({
    GroupId,
    IpPermissions: [fromList(443)],
  });
  expect(RevokedSecurityGroupRules).toMatchObject([{ PrefixListId: list }]);
});

test('L11: the list counts as 55 of the 60 rules of a group, in both families', async () => {
  const GroupId = await aGroup();
  await letIn(GroupId, fromList(443));
  const refused = { name: 'RulesPerSecurityGroupLimitExceeded' };
  await expect(letIn(GroupId, fromList(80))).rejects.toMatchObject(refused);
  const range = (at: number) => ({ CidrIp: `203.0.113.${at}/32` });
  const port = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };
  await letIn(GroupId, { ...port, IpRanges: [0, 1, 2, 3, 4].map(range) });
  await expect(letIn(GroupId, { ...port, IpRanges: [range(5)] })).rejects.toMatchObject(refused);
  const blocks = (...count: number[]) => count.map((at) => ({ CidrIpv6: `2001:db8:${at}::/48` }));
  await letIn(GroupId, { ...port, Ipv6Ranges: blocks(1, 2, 3, 4, 5) });
  await expect(letIn(GroupId, { ...port, Ipv6Ranges: blocks(6) })).rejects.toMatchObject(refused);
});

test('L11: there is a list for IPv6 too, and a group has no room for both', async () => {
  const { PrefixLists = [] } = await world.ec2.describeManagedPrefixLists({
    Filters: [{ Name: 'prefix-list-name', Values: ['com.amazonaws.global.ipv6.cloudfront.origin-facing'] }],
  });
  expect(PrefixLists).toMatchObject([{ AddressFamily: 'IPv6', OwnerId: 'AWS' }]);
  const [{ PrefixListId = '' } = {}] = PrefixLists;
  expect((await world.ec2.getManagedPrefixListEntries({ PrefixListId })).Entries).toEqual([
    { Cidr: '2001:db8:cf:f::/64' },
  ]);
  const GroupId = await aGroup();
  const both = { ...fromList(443), PrefixListIds: [{ PrefixListId: list }, { PrefixListId }] };
  await expect(letIn(GroupId, both)).rejects.toMatchObject({ name: 'RulesPerSecurityGroupLimitExceeded' });
});

test('the list lets edge locations in and nobody else', async () => {
  const { subnetIds } = await aVpc(world.ec2);
  const { Subnets } = await world.ec2.describeSubnets({ SubnetIds: [subnetIds[0]] });
  const { GroupId = '' } = await world.ec2.createSecurityGroup({
    VpcId: Subnets?.[0]?.VpcId,
    GroupName: 'locked',
    Description: 'd',
  });
  await letIn(GroupId, fromList(80));
  const { publicAddress } = await anInstance(world, { subnetId: subnetIds[0], groupIds: [GroupId] });
  const reach = (from: string) => world.internet.reach(from, { address: String(publicAddress), port: 80 });
  expect([reach('198.51.100.112'), reach('198.51.100.115')]).toEqual(['open', 'open']);
  expect([reach('198.51.100.7'), reach('198.51.100.128')]).toEqual(['filtered', 'filtered']);
});

test('a list that does not exist is refused', async () => {
  const GroupId = await aGroup();
  const rule = (PrefixListId: string) => ({ ...fromList(443), PrefixListIds: [{ PrefixListId }] });
  await expect(letIn(GroupId, rule('pl-01234567'))).rejects.toMatchObject({ name: 'InvalidPrefixListID.NotFound' });
  await expect(letIn(GroupId, rule('soup'))).rejects.toMatchObject({ name: 'InvalidPrefixListId.Malformed' });
});

test("the lists of Route 53's health checkers are those of the region", async () => {
  const { PrefixLists } = await world.ec2.describeManagedPrefixLists({
    Filters: [{ Name: 'prefix-list-name', Values: ['com.amazonaws.us-east-1.route53-healthchecks'] }],
  });
  const { Entries } = await world.ec2.getManagedPrefixListEntries({
    PrefixListId: String(PrefixLists?.[0]?.PrefixListId),
  });
  expect(Entries).toHaveLength(17);
  expect(Entries).toContainEqual({ Cidr: '54.228.16.0/26' });
});
