import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anInstance } from '../ec2/an-ec2.ts';
import { type AnElbv2, aLoadBalancer, anElbv2, aTargetGroup, healthIn, saying } from './an-elbv2.ts';

let world: AnElbv2;
beforeAll(async () => {
  world = await anElbv2({ lagShare: 1 });
});
afterAll(() => world.aws.close());

test('A5: a target that was registered is not listed for some seconds to a role', async () => {
  const { instanceId } = await anInstance(world, { subnetId: world.subnetIds[0] });
  const arn = await aTargetGroup(world, { name: 'late', targets: [instanceId] });
  const credentials = world.aws.role({ Effect: 'Allow', Action: 'elasticloadbalancing:*', Resource: '*' });
  const elb = world.aws.client(ElasticLoadBalancingV2, { credentials });
  // The target group itself may be found late, too.
  const listed = async () =>
    (await elb.describeTargetHealth({ TargetGroupArn: arn }).catch(() => undefined))?.TargetHealthDescriptions ?? [];
  expect(await listed()).toEqual([]);
  expect(await healthIn(world, arn)).toMatchObject({ State: 'unused' });
  await world.aws.clock.advance(10_000);
  expect(await listed()).toMatchObject([{ Target: { Id: instanceId } }]);
});

test('A5: a rule is listed late to a role, and for some seconds after it was deleted', async () => {
  const { arn: LoadBalancerArn } = await aLoadBalancer(world);
  const { Listeners } = await world.elb.createListener({
    LoadBalancerArn,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: saying('x'),
  });
  const ListenerArn = Listeners?.[0]?.ListenerArn ?? '';
  const credentials = world.aws.role({ Effect: 'Allow', Action: 'elasticloadbalancing:*', Resource: '*' });
  const elb = world.aws.client(ElasticLoadBalancingV2, { credentials });
  const listed = async () => (await elb.describeRules({ ListenerArn })).Rules?.map(({ Priority }) => Priority);
  const settle = () => world.aws.clock.advance(10_000);
  await settle();
  const Conditions = [{ Field: 'path-pattern', Values: ['/a'] }];
  const rule = { ListenerArn, Priority: 7, Conditions, Actions: saying('a') };
  const { Rules } = await world.elb.createRule(rule);
  expect(await listed()).toEqual(['default']);
  await expect(elb.createRule(rule)).rejects.toMatchObject({ name: 'PriorityInUseException' });
  await settle();
  expect(await listed()).toEqual(['7', 'default']);
  await world.elb.deleteRule({ RuleArn: Rules?.[0]?.RuleArn });
  expect(await listed()).toContain('7');
  await settle();
  expect(await listed()).toEqual(['default']);
});
