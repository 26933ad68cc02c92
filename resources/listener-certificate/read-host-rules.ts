import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readResourceTags, readTagsOfEach } from '../../aws/load-balancers/resource-tags.ts';
import { listRules } from '../../aws/load-balancers/rules.ts';
import { readTargetGroup } from '../../aws/load-balancers/target-groups.ts';
import { readLoadBalancerLimits } from '../../aws/quotas/load-balancer-limits.ts';
import type { ExistingBalancer } from '../../domain/load-balancers/existing-balancer.ts';
import { secureListenerOf } from '../../domain/load-balancers/existing-balancer.ts';
import type { NamedGroup } from '../../domain/load-balancers/host-rule-group.ts';
import { isOwnedBy, type Owner } from '../../domain/ownership.ts';
import { DEFAULT_LIMITS } from '../../domain/preflight/limits.ts';
import type { SeenHostRules, SeenRule } from './host-rule-changes.ts';

/** The rules of the load balancer, and the target group that the document names. What AWS allows is asked for only where it matters. */
export async function readHostRules(
  elb: ElasticLoadBalancingV2Client,
  balancer: ExistingBalancer,
  { targetGroup, owner }: { targetGroup: string; owner: Owner },
): Promise<SeenHostRules | undefined> {
  const listener = secureListenerOf(balancer);
  if (!listener) return undefined;
  const rest = balancer.listeners.filter((each) => each !== listener);
  const [rules, group, ...others] = await Promise.all([
    readRules(elb, listener.arn, owner),
    readGroup(elb, targetGroup),
    ...rest.map(({ arn }) => listRules(elb, arn)),
  ]);
  const count = [rules, ...others].flat().filter(({ isDefault }) => !isDefault).length;
  const isNear = count + ROOM > DEFAULT_LIMITS.rulesPerLoadBalancer;
  const limit = isNear ? (await readLoadBalancerLimits(elb)).rulesPerLoadBalancer : undefined;
  return { rules, count, ...(limit !== undefined && { limit }), group };
}

/** More rules than a site makes: with less room than this AWS is asked for its limit. */
const ROOM = 25;

/** The rules of a listener; ours are known by their tags. */
export async function readRules(
  elb: ElasticLoadBalancingV2Client,
  listenerArn: string,
  owner: Owner,
): Promise<(SeenRule & { isDefault: boolean })[]> {
  const rules = await listRules(elb, listenerArn);
  const tags = await readTagsOfEach(
    elb,
    rules.filter(({ isDefault }) => !isDefault).map(({ arn }) => arn),
  );
  return rules.map((rule) => {
    const own = tags.get(rule.arn) ?? {};
    return { ...rule, tags: own, isOurs: isOwnedBy(owner, own) };
  });
}

async function readGroup(elb: ElasticLoadBalancingV2Client, arn: string): Promise<NamedGroup | undefined> {
  const group = await readTargetGroup(elb, arn);
  return group && { ...group, tags: await readResourceTags(elb, arn) };
}
