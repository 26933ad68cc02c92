import { type AllocateAddressRequest, EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PolicyStatement } from '../../../local/permissions/policy.ts';
import { type AnEc2, aGroup, anEc2, anInstance, aVpc } from './an-ec2.ts';

let world: AnEc2;
let vpcId: string;
beforeAll(async () => {
  world = await anEc2();
  ({ vpcId } = await aVpc(world.ec2));
});
afterAll(() => world.aws.close());

const stackTag = { Key: 'nameplate:stack', Value: 'main' };
const anywhere = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' }) as const;
const arn = (resource: string) => `arn:aws:ec2:us-east-1:123456789012:${resource}`;
const unauthorized = (action: string, resource: string) => ({
  name: 'UnauthorizedOperation',
  message: expect.stringContaining(`is not authorized to perform: ${action} on resource: ${arn(resource)}`),
});

const https = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

test('a right to change our own groups, known by their tag, is no right to change others', async () => {
  const { aws, ec2 } = world;
  const [own, foreign] = [await aGroup(ec2, { vpcId, name: 'own' }), await aGroup(ec2, { vpcId, name: 'foreign' })];
  await ec2.createTags({ Resources: [own], Tags: [{ Key: 'nameplate:stack', Value: 'main' }] });
  const onOwn: PolicyStatement = {
    Effect: 'Allow',
    Action: 'ec2:AuthorizeSecurityGroupIngress',
    Resource: 'arn:aws:ec2:us-east-1:123456789012:security-group/*',
    Condition: { StringEquals: { 'aws:ResourceTag/nameplate:stack': 'main' } },
  };
  const rules = { ...onOwn, Resource: arn('security-group-rule/*'), Condition: {} };
  const limited = aws.client(EC2, { credentials: aws.role(onOwn, rules) });
  await limited.authorizeSecurityGroupIngress({ GroupId: own, IpPermissions: https });
  await expect(limited.authorizeSecurityGroupIngress({ GroupId: foreign, IpPermissions: https })).rejects.toMatchObject(
    {
      name: 'UnauthorizedOperation',
    },
  );
  await expect(limited.describeSecurityGroups({})).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
});

test('a right to make tagged groups asks for the tag', async () => {
  const { aws } = world;
  const credentials = aws.role(
    { Effect: 'Allow', Action: ['ec2:CreateSecurityGroup', 'ec2:CreateTags'], Resource: arn('vpc/*') },
    {
      Effect: 'Allow',
      Action: ['ec2:CreateSecurityGroup', 'ec2:CreateTags'],
      Resource: arn('security-group/*'),
      Condition: { StringEquals: { 'aws:RequestTag/nameplate:stack': 'main' } },
    },
  );
  const limited = aws.client(EC2, { credentials });
  const group = { VpcId: vpcId, GroupName: 'made', Description: 'made' };
  await expect(limited.createSecurityGroup(group)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  await limited.createSecurityGroup({
    ...group,
    TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'nameplate:stack', Value: 'main' }] }],
  });
});

test('DryRun without the right says so', async () => {
  const { aws } = world;
  const credentials = aws.role({ Effect: 'Allow', Action: 'ec2:DescribeVpcs', Resource: '*' });
  const limited = aws.client(EC2, { credentials });
  await expect(limited.createVpc({ CidrBlock: '10.9.0.0/16', DryRun: true })).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
  });
});

test('tags on what is created need CreateTags in that very call, on what it creates (A1)', async () => {
  const { aws } = world;
  const asked: AllocateAddressRequest = { TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [stackTag] }] };
  const tagging = (action: string) => ({
    ...anywhere('ec2:CreateTags'),
    Resource: arn('elastic-ip/*'),
    Condition: { StringEquals: { 'ec2:CreateAction': action, 'aws:RequestTag/nameplate:stack': 'main' } },
  });
  const as = (...statements: Parameters<typeof aws.role>) =>
    aws.client(EC2, { credentials: aws.role(anywhere('ec2:AllocateAddress'), ...statements) });
  const denial = unauthorized('ec2:CreateTags', 'elastic-ip/*');
  await expect(as().allocateAddress(asked)).rejects.toMatchObject(denial);
  await expect(as(tagging('CreateSecurityGroup')).allocateAddress(asked)).rejects.toMatchObject(denial);
  await as(tagging('AllocateAddress')).allocateAddress(asked);
});

test('an address is associated and disassociated on the address and on the interface, each by its own tags (A1)', async () => {
  const { aws, ec2 } = world;
  const { subnetIds } = await aVpc(ec2, { cidr: '10.1' });
  const { instanceId } = await anInstance(world, { subnetId: subnetIds[0] });
  const { AllocationId } = await ec2.allocateAddress({
    TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [stackTag] }],
  });
  const ours = { StringEquals: { 'aws:ResourceTag/nameplate:stack': 'main' } };
  const both = ['ec2:AssociateAddress', 'ec2:DisassociateAddress'];
  const address = { ...anywhere(...both), Resource: arn('elastic-ip/*'), Condition: ours };
  const instance = { ...anywhere(...both), Resource: arn('instance/*') };
  const networkInterface = { ...anywhere(...both), Resource: arn('network-interface/*') };
  const as = (...statements: Parameters<typeof aws.role>) => aws.client(EC2, { credentials: aws.role(...statements) });
  const asked = { AllocationId, InstanceId: instanceId };
  await expect(as(address, networkInterface).associateAddress(asked)).rejects.toMatchObject(
    unauthorized('ec2:AssociateAddress', `instance/${instanceId}`),
  );
  await expect(as(address, instance).associateAddress(asked)).rejects.toMatchObject(
    unauthorized('ec2:AssociateAddress', 'network-interface/eni-'),
  );
  const { AssociationId } = await as(address, instance, networkInterface).associateAddress(asked);
  await expect(as(address).disassociateAddress({ AssociationId })).rejects.toMatchObject(
    unauthorized('ec2:DisassociateAddress', 'network-interface/eni-'),
  );
  await expect(as(networkInterface).disassociateAddress({ AssociationId })).rejects.toMatchObject(
    unauthorized('ec2:DisassociateAddress', `elastic-ip/${AllocationId}`),
  );
  await as(address, networkInterface).disassociateAddress({ AssociationId });
});

test('opening a group is judged on the group by its tags and on the rule by the tags that it gets (A1)', async () => {
  const { aws, ec2 } = world;
  const group = await aGroup(ec2, { vpcId, name: 'judged' });
  const opening = { Effect: 'Allow', Action: 'ec2:AuthorizeSecurityGroupIngress' } as const;
  const limited = aws.client(EC2, {
    credentials: aws.role(
      { ...opening, Resource: arn('security-group/*') },
      {
        ...opening,
        Resource: arn('security-group-rule/*'),
        Condition: { StringEquals: { 'aws:RequestTag/nameplate:stack': 'main' } },
      },
      anywhere('ec2:CreateTags'),
    ),
  });
  await expect(limited.authorizeSecurityGroupIngress({ GroupId: group, IpPermissions: https })).rejects.toMatchObject(
    unauthorized('ec2:AuthorizeSecurityGroupIngress', 'security-group-rule/*'),
  );
  await limited.authorizeSecurityGroupIngress({
    GroupId: group,
    IpPermissions: https,
    TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [stackTag] }],
  });
});
