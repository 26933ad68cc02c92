import { TENANT_TAG, whoseItIs } from '../ownership.ts';

/** A target group that a document names. */
export interface NamedGroup {
  arn: string;
  vpcId: string;
  protocol: string;
  /** The load balancers that forward to it: ELB lets one at most. */
  loadBalancerArns: readonly string[];
  tags: Readonly<Record<string, string>>;
}

/** Why a load balancer cannot forward to a target group, with what to do; undefined where it can. The first hit wins. */
export function hostRuleGroupProblem(
  group: NamedGroup | undefined,
  { loadBalancerArn, vpcId, tenant }: { loadBalancerArn: string; vpcId: string; tenant: string | undefined },
): string | undefined {
  if (!group) return 'there is none in this account and region; check the ARN';
  const { tags, arn } = group;
  if (tenant !== undefined && tags[TENANT_TAG] !== tenant) {
    const command = `aws elbv2 add-tags --resource-arns ${arn} --tags Key=${TENANT_TAG},Value=${tenant}`;
    return `it has no tag "${TENANT_TAG}" with the value "${tenant}"; if it is this tenant's, run "${command}" and declare the site again`;
  }
  if (tags['nameplate:site'] !== undefined || tags['nameplate:stack'] !== undefined) {
    return `${whoseItIs(tags)}, which deletes it when that site is undone; name a target group of your own`;
  }
  if (group.protocol !== 'HTTP' && group.protocol !== 'HTTPS') {
    return `its protocol is ${group.protocol || 'none'}, and an application load balancer forwards over HTTP and HTTPS; name another`;
  }
  const other = group.loadBalancerArns.find((each) => each !== loadBalancerArn);
  if (other !== undefined) return `the load balancer ${other} forwards to it, and ELB lets one only; name another`;
  if (group.vpcId !== vpcId) return `it is in "${group.vpcId}", and the load balancer in "${vpcId}"; name one there`;
  return undefined;
}
