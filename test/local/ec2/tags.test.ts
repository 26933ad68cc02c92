import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AnEc2, anEc2, aVpc } from './an-ec2.ts';

let world: AnEc2;
let vpcId: string;
beforeAll(async () => {
  world = await anEc2();
  ({ vpcId } = await aVpc(world.ec2));
});
afterAll(() => world.aws.close());

test('tags are put, overwritten, described and taken away', async () => {
  const { ec2 } = world;
  await ec2.createTags({
    Resources: [vpcId],
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  });
  await ec2.createTags({ Resources: [vpcId], Tags: [{ Key: 'a', Value: '3' }] });
  const { Tags } = await ec2.describeTags({ Filters: [{ Name: 'resource-id', Values: [vpcId] }] });
  expect(Tags).toEqual([
    { ResourceId: vpcId, ResourceType: 'vpc', Key: 'a', Value: '3' },
    { ResourceId: vpcId, ResourceType: 'vpc', Key: 'b', Value: '2' },
  ]);
  await ec2.deleteTags({ Resources: [vpcId], Tags: [{ Key: 'a', Value: 'another' }] });
  await ec2.deleteTags({ Resources: [vpcId], Tags: [{ Key: 'b' }] });
  const left = await ec2.describeTags({ Filters: [{ Name: 'tag:a', Values: ['*'] }] });
  expect(left.Tags?.map(({ Key }) => Key)).toEqual(['a']);
});

test.each([
  [[{ Key: 'aws:mine', Value: 'x' }], 'InvalidParameterValue'],
  [[{ Key: '', Value: 'x' }], 'InvalidParameterValue'],
  [[{ Key: 'x'.repeat(129), Value: 'x' }], 'InvalidParameterValue'],
  [[{ Key: 'x', Value: 'x'.repeat(257) }], 'InvalidParameterValue'],
  [Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })), 'TagLimitExceeded'],
])('CreateTags refuses %j', async (Tags, name) => {
  await expect(world.ec2.createTags({ Resources: [vpcId], Tags })).rejects.toMatchObject({ name });
});

test('only what exists is tagged', async () => {
  const { ec2 } = world;
  const Tags = [{ Key: 'a', Value: '1' }];
  await expect(ec2.createTags({ Resources: ['vpc-0123456789abcdef0'], Tags })).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
  });
  await expect(ec2.createTags({ Resources: ['thing'], Tags })).rejects.toMatchObject({ name: 'InvalidID' });
});
