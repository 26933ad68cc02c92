import {
  DeleteTargetGroupCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ResourceInUseException,
  type TargetHealthStateEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { targetGroupPrefix } from '../../../domain/load-balancers/target-group.ts';
import { handler } from '../../../functions/resources/target-group.ts';
import { about, useRemoving } from '../../support/removing.ts';
import { event as anEvent, context, domain, givenChange, givenStep, mutations, ownTags } from '../../support/steps.ts';
import { groupName } from '../../support/world.ts';

const { ledger, elb, listeners, loadBalancers, tags } = useRemoving();
const event = { ...anEvent, phase: 'release' as const };

describe('RemoveTargetGroups', () => {
  const groups = (...LoadBalancerArns: string[]) =>
    elb.on(DescribeTargetGroupsCommand).resolves({
      TargetGroups: [{ TargetGroupArn: 'arn:tg', TargetGroupName: groupName, LoadBalancerArns }],
    });
  beforeEach(() => {
    tags({ 'arn:tg': ownTags });
    loadBalancers();
  });

  test('deletes ours', async () => {
    groups();
    await handler(event, context);
    expect(mutations(elb)).toEqual(['DeleteTargetGroup']);
  });

  test('L12: waits while ELB has yet to notice that its listener is gone', async () => {
    groups();
    elb.on(DeleteTargetGroupCommand).rejects(new ResourceInUseException(about));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test.each([
    ['the default rule of a listener of others', true, [], ['the listener arn:443']],
    ['a rule that others added', false, ownTags, ['the rule arn:rule']],
    ['a listener of ours that is left', true, ownTags, ['the listener arn:443']],
  ])('C3: leaves one that %s forwards to, and names it', async (_, IsDefault, Tags, users) => {
    groups('arn:lb');
    loadBalancers('arn:lb');
    listeners('arn:443');
    tags({ 'arn:tg': ownTags, 'arn:443': Tags });
    await givenStep(ledger, {
      name: 'RemoveListeners',
      output: { left: [{ type: 'listener', id: 'arn:443', why: 'it has rules' }] },
    });
    const Actions = [{ Type: 'forward' as const, TargetGroupArn: 'arn:tg' }];
    elb.on(DescribeRulesCommand).resolves({ Rules: [{ RuleArn: 'arn:rule', IsDefault, Actions }] });
    const why = `${users.join()} forwards to it. Have it forward elsewhere, then try again`;
    expect(await handler(event, context)).toEqual({ left: [{ type: 'target group', id: 'arn:tg', why }] });
    expect(mutations(elb)).toEqual([]);
  });

  test("C3: waits for the rule of the lock of our own listener, which is no one else's", async () => {
    groups('arn:lb');
    loadBalancers('arn:lb');
    listeners('arn:443');
    tags({ 'arn:tg': ownTags, 'arn:443': ownTags });
    const Actions = [{ Type: 'forward' as const, TargetGroupArn: 'arn:tg' }];
    const HttpHeaderConfig = { HttpHeaderName: 'X-Nameplate-Origin', Values: ['secret'] };
    const Conditions = [{ Field: 'http-header', HttpHeaderConfig }];
    elb.on(DescribeRulesCommand).resolves({ Rules: [{ RuleArn: 'arn:rule', IsDefault: false, Conditions, Actions }] });
    elb.on(DeleteTargetGroupCommand).rejects(new ResourceInUseException(about));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('C3: leaves one that others registered targets in, and names them', async () => {
    groups();
    const own = { Id: 'i-0123456789abcdef0', Port: 80 };
    const former = { Id: 'i-former', Port: 80 };
    const registered = [{ id: former.Id, port: former.Port }];
    await givenStep(ledger, {
      name: 'CreateTargetGroup',
      made: [{ type: 'target group', id: 'arn:tg', ours: true, registered }],
    });
    const having = (...targets: { Id: string; Port: number; State?: TargetHealthStateEnum }[]) =>
      elb.on(DescribeTargetHealthCommand).resolves({
        TargetHealthDescriptions: targets.map(({ State = 'healthy', ...Target }) => ({
          Target,
          TargetHealth: { State },
        })),
      });
    having(own, former, { Id: 'i-theirs', Port: 8080 }, { ...own, Port: 81 });
    const why =
      'others registered targets in it: i-theirs:8080, i-0123456789abcdef0:81. Deregister them, then try again';
    expect(await handler(event, context)).toEqual({ left: [{ type: 'target group', id: 'arn:tg', why }] });
    expect(mutations(elb)).toEqual([]);
    having(own, former, { Id: 'i-theirs', Port: 8080, State: 'draining' });
    await handler(event, context);
    expect(mutations(elb)).toEqual(['DeleteTargetGroup']);
  });

  test('W11: a change deletes what it no longer forwards to, also a group of ours that the ledger never heard of', async () => {
    const TargetGroups = ['tg', 'unheard'].map((name) => ({
      TargetGroupArn: `arn:${name}`,
      TargetGroupName: `${targetGroupPrefix(domain)}${name}`,
    }));
    const theirs = { TargetGroupArn: 'arn:theirs', TargetGroupName: 'theirs' };
    elb.on(DescribeTargetGroupsCommand).resolves({ TargetGroups: [...TargetGroups, theirs] });
    tags({ 'arn:tg': ownTags, 'arn:unheard': ownTags });
    await givenChange(ledger);
    await handler(event, context);
    expect(elb.commandCalls(DeleteTargetGroupCommand).map(({ args }) => args[0].input)).toEqual([
      { TargetGroupArn: 'arn:unheard' },
    ]);
  });

  test('touches none without our tags', async () => {
    groups();
    tags({});
    await handler(event, context);
    expect(mutations(elb)).toEqual([]);
  });
});
