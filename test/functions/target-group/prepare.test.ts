import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  AddTagsCommand,
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  DuplicateTargetGroupNameException,
  ElasticLoadBalancingV2Client,
  InvalidTargetException,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/resources/target-group.ts';
import { useLedger } from '../../support/ledger.ts';
import { event as anEvent, context, declareAnew, givenSite, mutations, ownTags, theStep } from '../../support/steps.ts';
import { groupName } from '../../support/world.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'prepare' as const };
const elb = mockClient(ElasticLoadBalancingV2Client);
const instanceId = 'i-0123456789abcdef0';
const group = {
  TargetGroupArn: 'arn:tg',
  VpcId: 'vpc-1',
  Port: 80,
  HealthCheckPath: '/',
  TargetType: 'instance' as const,
  Protocol: 'HTTP' as const,
};
const about = { message: 'The instance is stopped.', $metadata: {} };

beforeEach(async () => {
  elb.reset();
  elb
    .on(DescribeTargetGroupsCommand)
    .rejects(new TargetGroupNotFoundException(about))
    .on(CreateTargetGroupCommand)
    .resolves({ TargetGroups: [group] })
    .on(DescribeTagsCommand)
    .resolves({ TagDescriptions: [{ Tags: ownTags }] })
    .on(RegisterTargetsCommand)
    .resolves({});
  withTargets();
  await givenSite(ledger, { outputs: { OpenSecurityGroups: { groupId: 'sg-lb', vpcId: 'vpc-1', wayIn: 'sg-1' } } });
});

const withTargets = (...targets: { Id: string; Port: number }[]) =>
  elb.on(DescribeTargetHealthCommand).resolves({
    TargetHealthDescriptions: targets.map((Target) => ({ Target, TargetHealth: { State: 'unused' } })),
  });
const standing = (changes: Partial<typeof group> = {}) =>
  elb.on(DescribeTargetGroupsCommand).resolves({ TargetGroups: [{ ...group, ...changes }] });

describe('CreateTargetGroup', () => {
  test.each(['globex', undefined])(
    'B4: registers no instance whose tag has become %s, and makes nothing for it',
    async (tagged) => {
      const ec2 = mockClient(EC2Client);
      const Tags = tagged === undefined ? [] : [{ Key: 'nameplate:tenant', Value: tagged }];
      const Instances = [{ InstanceId: instanceId, State: { Name: 'running' as const }, Tags }];
      ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances }] });
      await declareAnew(ledger, { tenant: 'acme' });
      await expect(handler(event, context)).rejects.toMatchObject({
        name: 'Misconfigured',
        message: expect.stringContaining('Key=nameplate:tenant,Value=acme'),
      });
      expect(mutations(elb)).toEqual([]);
      ec2.restore();
    },
  );

  test('makes a group over HTTP on the port of the instance, tagged, and registers it', async () => {
    expect(await handler(event, context)).toEqual({ targetGroupArn: 'arn:tg' });
    expect(elb.commandCalls(CreateTargetGroupCommand)[0]?.args[0].input).toMatchObject({
      Name: groupName,
      Protocol: 'HTTP',
      Port: 80,
      VpcId: 'vpc-1',
      TargetType: 'instance',
      HealthCheckPath: '/',
      Matcher: { HttpCode: '200-399' },
      Tags: ownTags,
    });
    expect(elb.commandCalls(RegisterTargetsCommand)[0]?.args[0].input).toEqual({
      TargetGroupArn: 'arn:tg',
      Targets: [{ Id: instanceId, Port: 80 }],
    });
    expect((await theStep(ledger, 'CreateTargetGroup')).made).toMatchObject([
      { id: 'arn:tg', ours: true, registered: [{ id: instanceId, port: 80 }] },
    ]);
  });

  test.each([
    { Id: 'i-old', Port: 80 },
    { Id: instanceId, Port: 8080 },
  ])('brings its own group into line, and leaves what serves until the new target is healthy: %o', async (old) => {
    standing({ HealthCheckPath: '/old' });
    withTargets(old);
    elb.on(ModifyTargetGroupCommand).resolves({});
    await handler(event, context);
    expect(mutations(elb)).toEqual(['ModifyTargetGroup', 'RegisterTargets']);
  });

  test('touches no group of that name without our tags', async () => {
    standing();
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ Tags: [] }] });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Conflict' });
    expect(mutations(elb)).toEqual([]);
  });

  test('adopts one that is nobody’s, remembers its targets and its path, and never forgets them', async () => {
    await declareAnew(ledger, { adopt: true });
    standing({ HealthCheckPath: '/theirs' });
    withTargets({ Id: 'i-theirs', Port: 8080 });
    elb
      .on(DescribeTagsCommand)
      .resolvesOnce({ TagDescriptions: [{ Tags: [] }] })
      .resolves({ TagDescriptions: [{ Tags: ownTags }] });
    elb.on(AddTagsCommand).resolves({}).on(ModifyTargetGroupCommand).resolves({});
    elb.on(DeregisterTargetsCommand).resolves({});
    await handler(event, context);
    expect(mutations(elb)[0]).toBe('AddTags');
    await handler(event, context);
    expect((await theStep(ledger, 'CreateTargetGroup')).made).toMatchObject([
      { id: 'arn:tg', before: { tags: {}, healthPath: '/theirs', targets: [{ id: 'i-theirs', port: 8080 }] } },
    ]);
  });

  test('adopts none that takes other targets than instances', async () => {
    await declareAnew(ledger, { adopt: true });
    standing({ TargetType: 'ip' as never });
    elb.on(DescribeTagsCommand).resolves({ TagDescriptions: [{ Tags: [] }] });
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('targets of type "ip"'),
    });
    expect(mutations(elb)).toEqual([]);
  });

  test('does not use one of ours in another VPC', async () => {
    standing({ VpcId: 'vpc-2' });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Conflict' });
  });

  test('looks again when one of that name was made meanwhile', async () => {
    elb.on(CreateTargetGroupCommand).rejects(new DuplicateTargetGroupNameException(about));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('A5: waits for a group that ELB does not find a moment after it was made', async () => {
    elb.on(RegisterTargetsCommand).rejects(new TargetGroupNotFoundException(about));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('says why the instance cannot be a target, and keeps the group in sight', async () => {
    elb.on(RegisterTargetsCommand).rejects(new InvalidTargetException(about));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Misconfigured' });
    expect((await theStep(ledger, 'CreateTargetGroup')).made).toMatchObject([{ id: 'arn:tg' }]);
  });
});
