import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isCode } from '../../aws/error-code.ts';
import { listLoadBalancers } from '../../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import { listRules } from '../../aws/load-balancers/rules.ts';
import type { TargetGroup } from '../../aws/load-balancers/target-groups.ts';
import { readTargets } from '../../aws/load-balancers/targets.ts';
import type { Listener } from '../../domain/load-balancers/listeners.ts';
import { lockRuleIn } from '../../domain/load-balancers/origin-lock.ts';
import type { TargetHealth } from '../../domain/load-balancers/readiness.ts';
import { isOwnedBy, type Owner } from '../../domain/ownership.ts';
import type { GroupUsers } from './users.ts';

type UsingListener = GroupUsers['listeners'][number];

/** Reads the listeners and rules that forward to a group, and its targets. */
export async function readGroupUsers(
  elb: ElasticLoadBalancingV2Client,
  group: TargetGroup,
  owner: Owner,
): Promise<GroupUsers> {
  const [listeners, targets] = await Promise.all([
    readListeners(elb, group, owner),
    readTargetsIfThere(elb, group.arn),
  ]);
  return { arn: group.arn, listeners, targets };
}

async function readTargetsIfThere(elb: ElasticLoadBalancingV2Client, arn: string): Promise<TargetHealth[]> {
  try {
    return await readTargets(elb, arn);
  } catch (error) {
    // Deleted since it was listed.
    if (!isCode(error, 'TargetGroupNotFound')) throw error;
    return [];
  }
}

async function readListeners(
  elb: ElasticLoadBalancingV2Client,
  { arn, loadBalancerArns }: TargetGroup,
  owner: Owner,
): Promise<UsingListener[]> {
  if (loadBalancerArns.length === 0) return [];
  const existing = [...(await listLoadBalancers(elb)).values()].map((each) => each.arn);
  // ELB may name one for a while that is deleted.
  const on = loadBalancerArns.filter((each) => existing.includes(each));
  const using = await Promise.all(
    on.map(async (loadBalancerArn) => usingOn(elb, await listListeners(elb, loadBalancerArn), { arn, owner })),
  );
  return using.flat();
}

async function usingOn(
  elb: ElasticLoadBalancingV2Client,
  listeners: readonly Listener[],
  { arn: group, owner }: { arn: string; owner: Owner },
): Promise<UsingListener[]> {
  const tags = await readTagsOfEach(
    elb,
    listeners.map(({ arn }) => arn),
  );
  const using = await Promise.all(
    // One without tags is deleted, although it is still listed.
    listeners.flatMap(({ arn }) => {
      const tagsOf = tags.get(arn);
      return tagsOf ? [readRules(elb, { arn, isOurs: isOwnedBy(owner, tagsOf) }, group)] : [];
    }),
  );
  return using.filter(({ rules }) => rules.length > 0);
}

async function readRules(
  elb: ElasticLoadBalancingV2Client,
  listener: Omit<UsingListener, 'rules'>,
  group: string,
): Promise<UsingListener> {
  const rules = await listRules(elb, listener.arn);
  const lock = listener.isOurs ? lockRuleIn(rules)?.arn : undefined;
  const using = rules.filter(({ targetGroupArns }) => targetGroupArns.includes(group));
  return { ...listener, rules: using.map(({ arn, isDefault }) => ({ arn, isOurs: isDefault || arn === lock })) };
}
