import {
  CreateRuleCommand,
  DeleteRuleCommand,
  type ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Forward } from '../../domain/load-balancers/forwards.ts';
import { isCode } from '../error-code.ts';
import { tagList } from '../tags.ts';
import { forwarding } from './actions.ts';

/** What a rule compares, and where it forwards to. ELB compares whatever the case, and takes "*" and "?" for wildcards. */
interface HeaderRouting {
  header: { name: string; values: readonly string[] };
  forwards: readonly Forward[];
}

/** Makes a rule that forwards requests by a header. */
export async function createHeaderRule(
  elb: ElasticLoadBalancingV2Client,
  {
    listenerArn,
    priority,
    tags,
    ...routing
  }: HeaderRouting & { listenerArn: string; priority: number; tags: Record<string, string> },
): Promise<string> {
  const { Rules = [] } = await elb.send(
    new CreateRuleCommand({ ListenerArn: listenerArn, Priority: priority, ...rule(routing), Tags: tagList(tags) }),
  );
  return Rules[0]?.RuleArn ?? '';
}

/** Changes what it compares and where it forwards to. */
export async function changeHeaderRule(
  elb: ElasticLoadBalancingV2Client,
  { arn, ...routing }: HeaderRouting & { arn: string },
): Promise<void> {
  await elb.send(new ModifyRuleCommand({ RuleArn: arn, ...rule(routing) }));
}

/** Deletes a rule; one that isn't there is deleted already. */
export async function deleteRule(elb: ElasticLoadBalancingV2Client, arn: string): Promise<void> {
  try {
    await elb.send(new DeleteRuleCommand({ RuleArn: arn }));
  } catch (error) {
    if (!isCode(error, 'RuleNotFound')) throw error;
  }
}

function rule({ header: { name, values }, forwards }: HeaderRouting) {
  const condition: RuleCondition = {
    Field: 'http-header',
    HttpHeaderConfig: { HttpHeaderName: name, Values: [...values] },
  };
  return { Conditions: [condition], Actions: [forwarding(forwards)] };
}
