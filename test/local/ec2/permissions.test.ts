import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnEc2, aGroup, anEc2, aVpc } from './an-ec2.ts';

let world: AnEc2;
let vpcId: string;
beforeAll(async () => {
  world = await anEc2();
  ({ vpcId } = await aVpc(world.ec2));
});
afterAll(() => world.aws.close());

const https = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

test('a right to change our own groups, known by their tag, is no right to change others', async () => {
  const { aws, ec2 } = world;
  const [own, foreign] = [await aGroup(ec2, { vpcId, name: 'own' }), await aGroup(ec2, { vpcId, name: 'foreign' })];
  await ec2.createTags({ Resources: [own], Tags: [{ Key: 'nameplate:stack', Value: 'main' }] });
  const credentials = aws.role({
    Effect: 'Allow',
    Action: 'ec2:AuthorizeSecurityGroupIngress',
    Resource: 'arn:aws:ec2:us-east-1:123456789012:security-group/*',
    Condition: { StringEquals: { 'aws:ResourceTag/nameplate:stack': 'main' } },
  });
  const limited = aws.client(EC2, { credentials });
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
  const credentials = aws.role({
    Effect: 'Allow',
    Action: 'ec2:CreateSecurityGroup',
    Resource: '*',
    Condition: { StringEquals: { 'aws:RequestTag/nameplate:stack': 'main' } },
  });
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
