import {
  DeleteTargetGroupCommand,
  DescribeTargetGroupsCommand,
  ResourceInUseException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { targetGroupPrefix } from '../../../domain/load-balancers/target-group.ts';
import { handler as removeTargetGroups } from '../../../functions/load-balancers/remove-target-groups.ts';
import { about, useRemoving } from '../../support/removing.ts';
import { context, domain, event, givenChange, mutations, ownTags } from '../../support/steps.ts';
import { groupName } from '../../support/world.ts';

const { ledger, elb, loadBalancers, tags } = useRemoving();

describe('RemoveTargetGroups', () => {
  const groups = (...LoadBalancerArns: string[]) =>
    elb.on(DescribeTargetGroupsCommand).resolves({
      TargetGroups: [{ TargetGroupArn: 'arn:tg', TargetGroupName: groupName, LoadBalancerArns }],
    });
  beforeEach(() => {
    tags({ 'arn:tg': ownTags });
    loadBalancers();
  });

  test('deletes ours, and nothing the second time', async () => {
    groups();
    await removeTargetGroups(event, context);
    elb.on(DescribeTargetGroupsCommand).resolves({ TargetGroups: [] });
    await removeTargetGroups(event, context);
    expect(mutations(elb)).toEqual(['DeleteTargetGroup']);
  });

  test('L12: waits while ELB has yet to notice that its listener is gone', async () => {
    groups();
    elb.on(DeleteTargetGroupCommand).rejects(new ResourceInUseException(about));
    await expect(removeTargetGroups(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('leaves one that a standing load balancer forwards to', async () => {
    groups('arn:theirs');
    loadBalancers('arn:theirs');
    expect(await removeTargetGroups(event, context)).toMatchObject({ left: [{ id: 'arn:tg' }] });
    expect(mutations(elb)).toEqual([]);
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
    await removeTargetGroups(event, context);
    expect(elb.commandCalls(DeleteTargetGroupCommand).map(({ args }) => args[0].input)).toEqual([
      { TargetGroupArn: 'arn:unheard' },
    ]);
  });

  test('touches none without our tags', async () => {
    groups();
    tags({});
    await removeTargetGroups(event, context);
    expect(mutations(elb)).toEqual([]);
  });
});
