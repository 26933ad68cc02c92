import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { isCode } from '../../aws/error-code.ts';
import { createHostRule, forwardRule } from '../../aws/load-balancers/host-rules.ts';
import type { Change } from '../../domain/changes/change.ts';
import { Failure } from '../../domain/errors.ts';
import { allTo } from '../../domain/load-balancers/forwards.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { Applied, Doing } from '../resource.ts';
import type { DesiredEntry, SeenEntries } from './changes.ts';
import { hostRuleId, RULE, type SeenRule } from './host-rule-changes.ts';

/** Creates a rule of the site, or has it forward to another target group. The ledger has it before. */
export async function applyHostRule(
  { verb, resource, after, message }: Change,
  actual: SeenEntries,
  {
    listenerArn,
    hostRules,
    doing,
  }: { listenerArn: string; hostRules: NonNullable<DesiredEntry['hostRules']>; doing: Doing },
): Promise<Applied<SeenEntries>> {
  const elb = client(ElasticLoadBalancingV2Client);
  const { targetGroup } = hostRules;
  const { hosts, priority } = after as { hosts: string[]; priority: number };
  const rules = actual.hostRules?.rules ?? [];
  const forwards = allTo(targetGroup);
  if (verb === 'update') {
    const { id: arn = '' } = resource;
    await forwardRule(elb, { arn, targetGroup });
    return withRules(
      actual,
      rules.map((rule) => (rule.arn === arn ? { ...rule, forwards } : rule)),
      message,
    );
  }
  await doing.keep({ type: RULE, id: hostRuleId(listenerArn, hosts), ours: true });
  const tags = ownerTags(doing.scope.owner);
  try {
    const arn = await createHostRule(elb, { listenerArn, hosts, targetGroup, priority, tags });
    return withRules(actual, [...rules, { arn, priority, hosts, takesAll: true, forwards, isOurs: true }], message);
  } catch (error) {
    // Another has taken the priority since it was read, or an earlier run has created the rule: the next one reads it.
    if (!isCode(error, 'PriorityInUse')) throw error;
    throw new Failure('NotReady', `Reading the rules again: the priority ${priority} is taken`, { cause: error });
  }
}

function withRules(actual: SeenEntries, rules: SeenRule[], message: string): Applied<SeenEntries> {
  const { hostRules } = actual;
  return { actual: { ...actual, ...(hostRules && { hostRules: { ...hostRules, rules } }) }, message };
}
