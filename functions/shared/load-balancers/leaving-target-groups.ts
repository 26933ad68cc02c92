import {
  type ElasticLoadBalancingV2Client,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { listLoadBalancers } from '../../../aws/load-balancers/describe-load-balancer.ts';
import { listListeners } from '../../../aws/load-balancers/listeners.ts';
import { readTagsOfEach } from '../../../aws/load-balancers/resource-tags.ts';
import { listRules } from '../../../aws/load-balancers/rules.ts';
import { listTargetGroups, type TargetGroup } from '../../../aws/load-balancers/target-groups.ts';
import { readTargets } from '../../../aws/load-balancers/targets.ts';
import type { Leaving } from '../../../domain/ledger/leaving.ts';
import { beforeOf, registeredIn } from '../../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { Listener } from '../../../domain/load-balancers/listeners.ts';
import { foreignTargets, targetGroupPrefix } from '../../../domain/load-balancers/target-group.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { isOwnedBy, type Owner } from '../../../domain/ownership.ts';
import { type Obstacle, THEN_AGAIN } from '../../../domain/removal/obstacle.ts';

/** The ARNs of listeners of ours that are left, and so go on forwarding. */
interface Retained {
  retained: readonly string[];
}

/**
 * The site's target groups that are not kept, also one whose worker died before it could write it down: they are known by
 * their names and their tags. One that a listener or a rule which stays forwards to is left, and one that others registered
 * targets in.
 */
export async function leavingTargetGroups(
  elb: ElasticLoadBalancingV2Client,
  { record, owner, kept, retained }: Leaving & Retained,
): Promise<{ go: TargetGroup[]; left: Obstacle[] }> {
  const prefix = targetGroupPrefix(record.item.domain);
  const found = [...(await listTargetGroups(elb)).values()].filter(
    ({ arn, name }) => name.startsWith(prefix) && arn !== kept.targetGroupArn,
  );
  const tags = await readTagsOfEach(
    elb,
    found.map(({ arn }) => arn),
  );
  const go: TargetGroup[] = [];
  const left: Obstacle[] = [];
  for (const group of found.filter(({ arn }) => isOwnedBy(owner, tags.get(arn) ?? {}))) {
    const isAdopted = beforeOf(record, 'target group', group.arn) !== undefined;
    // An adopted one is given back with all that others have in it.
    const [users, foreign] = isAdopted
      ? [[], []]
      : await Promise.all([usersOf(elb, group, { owner, retained }), foreignIn(elb, group, record)]);
    const whys = [
      ...(users.length === 0 ? [] : [`${users.join(' and ')} forwards to it. Have it forward elsewhere`]),
      ...(foreign.length === 0 ? [] : [`others registered targets in it: ${foreign.join(', ')}. Deregister them`]),
    ];
    if (whys.length === 0) go.push(group);
    else left.push({ type: 'target group', id: group.arn, why: `${whys.join('; ')}, ${THEN_AGAIN}` });
  }
  return { go, left };
}

/** The targets of others, as "i-0123456789abcdef0:8080". */
async function foreignIn(
  elb: ElasticLoadBalancingV2Client,
  { arn }: TargetGroup,
  record: SiteRecord,
): Promise<string[]> {
  const { site, live } = record.item;
  const documents = [site, ...(live ? [live] : [])].map((each) => originOf(each).target);
  const targets = await readTargets(elb, arn).catch((error: unknown) => {
    // Deleted since it was listed.
    if (!(error instanceof TargetGroupNotFoundException)) throw error;
    return [];
  });
  return foreignTargets(targets, [...registeredIn(record, arn), ...documents]).map(({ id, port }) => `${id}:${port}`);
}

/** What forwards to the group and stays: all but the default rules of our own listeners, which go, or forward elsewhere. */
async function usersOf(
  elb: ElasticLoadBalancingV2Client,
  { arn, loadBalancerArns }: TargetGroup,
  about: Retained & { owner: Owner },
): Promise<string[]> {
  const users: string[] = [];
  if (loadBalancerArns.length === 0) return users;
  const standing = [...(await listLoadBalancers(elb)).values()].map((each) => each.arn);
  // ELB may name one for a while that is deleted.
  for (const loadBalancerArn of loadBalancerArns.filter((each) => standing.includes(each))) {
    const listeners = await listListeners(elb, loadBalancerArn);
    const tags = await readTagsOfEach(
      elb,
      listeners.map((listener) => listener.arn),
    );
    for (const listener of listeners) {
      const tagsOf = tags.get(listener.arn);
      // Gone, although it is still listed.
      if (!tagsOf) continue;
      const stays = !isOwnedBy(about.owner, tagsOf) || about.retained.includes(listener.arn);
      users.push(...(await forwardingTo(elb, arn, { listener, stays })));
    }
  }
  return users;
}

async function forwardingTo(
  elb: ElasticLoadBalancingV2Client,
  group: string,
  { listener, stays }: { listener: Listener; stays: boolean },
): Promise<string[]> {
  const rules = (await listRules(elb, listener.arn)).filter(({ targetGroupArns }) => targetGroupArns.includes(group));
  return rules.flatMap(({ arn, isDefault }) =>
    isDefault ? (stays ? [`the listener ${listener.arn}`] : []) : [`the rule ${arn}`],
  );
}
