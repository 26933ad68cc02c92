import {
  CreateRuleCommand,
  type ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { allTo } from '../../domain/load-balancers/forwards.ts';
import { tagList } from '../tags.ts';
import { forwarding } from './actions.ts';

/** Makes a rule that forwards the requests for some Hosts to a target group. */
export async function createHostRule(
  elb: ElasticLoadBalancingV2Client,
  {
    listenerArn,
    hosts,
    targetGroup,
    priority,
    tags,
  }: {
    listenerArn: string;
    hosts: readonly string[];
    targetGroup: string;
    priority: number;
    tags: Record<string, string>;
  },
): Promise<string> {
  const condition = { Field: 'host-header', HostHeaderConfig: { Values: [...hosts] } };
  const { Rules = [] } = await elb.send(
    new CreateRuleCommand({
      ListenerArn: listenerArn,
      Priority: priority,
      Conditions: [condition],
      Actions: [forwarding(allTo(targetGroup))],
      Tags: tagList(tags),
    }),
  );
  return Rules[0]?.RuleArn ?? '';
}

/** Has a rule forward to another target group. */
export async function forwardRule(
  elb: ElasticLoadBalancingV2Client,
  { arn, targetGroup }: { arn: string; targetGroup: string },
): Promise<void> {
  await elb.send(new ModifyRuleCommand({ RuleArn: arn, Actions: [forwarding(allTo(targetGroup))] }));
}
