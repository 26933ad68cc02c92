import { EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listReferringRules } from '../../../aws/load-balancers/security-group-users.ts';
import { type AnEc2, aGroup, anEc2, aVpc } from '../../local/ec2/an-ec2.ts';

let world: AnEc2;
beforeAll(async () => {
  world = await anEc2();
});
afterAll(() => world.aws.close());

test('a group that more groups refer to than one filter may have values of is told with all their rules', async () => {
  const { ec2 } = world;
  const { vpcId } = await aVpc(ec2);
  const shared = await aGroup(ec2, { vpcId, name: 'shared' });
  const UserIdGroupPairs = [{ GroupId: shared }];
  const referring: string[] = [];
  for (let n = 0; n < 201; n++) {
    const GroupId = await aGroup(ec2, { vpcId, name: `referring-${n}` });
    await world.aws.clock.advance(1_000);
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs }] });
    referring.push(GroupId);
  }
  const rules = await listReferringRules(world.aws.client(EC2Client), shared);
  expect(rules.map(({ groupId }) => groupId).sort()).toEqual(referring.sort());
});
