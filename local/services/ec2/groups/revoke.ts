import type {
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupEgressResult,
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult,
} from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { checkId, find } from '../ids.ts';
import { existing } from '../permissions.ts';
import type { Region } from '../region.ts';
import { type FlatRule, readPermissions } from './read-permissions.ts';
import { peerText, type Rule, ruleKey } from './rule.ts';
import type { SecurityGroup } from './security-group.ts';

type Input = RevokeSecurityGroupIngressRequest & RevokeSecurityGroupEgressRequest & FlatRule;

/** Takes back what let traffic in. */
export const revokeIngress = (
  ec2: Ec2,
): Operation<RevokeSecurityGroupIngressRequest, RevokeSecurityGroupIngressResult> => revoke(ec2, false);

/** Takes back what let traffic out. */
export const revokeEgress = (ec2: Ec2): Operation<RevokeSecurityGroupEgressRequest, RevokeSecurityGroupEgressResult> =>
  revoke(ec2, true);

function revoke(ec2: Ec2, egress: boolean): Operation<Input, RevokeSecurityGroupIngressResult> {
  return {
    resources: ({ GroupId }, call) => [existing(ec2, call, { type: 'security-group', id: GroupId })],
    run(input, call) {
      const region = ec2.region(call.region);
      const group = find(region.groups, 'group', input.GroupId);
      const rules = input.SecurityGroupRuleIds?.length
        ? input.SecurityGroupRuleIds.map((id) => ruleOf(group, id, egress))
        : matching(group, region, { input, egress });
      for (const rule of rules) {
        group.rules.delete(ruleKey(rule));
        region.tags.forget(rule.ruleId);
      }
      return { Return: true, RevokedSecurityGroupRules: rules.map((rule) => shownRevoked(group, rule)) };
    },
  };
}

function matching(group: SecurityGroup, region: Region, { input, egress }: { input: Input; egress: boolean }): Rule[] {
  return readPermissions(input, { region, group, egress }).map((wanted) => {
    const rule = group.rules.get(ruleKey(wanted));
    if (rule) return rule;
    throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
  });
}

function ruleOf(group: SecurityGroup, id: string, egress: boolean): Rule {
  checkId('rule', id);
  const rule = [...group.rules.values()].find(({ ruleId }) => ruleId === id);
  if (rule?.egress === egress) return rule;
  throw new AwsError('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
}

function shownRevoked(group: SecurityGroup, { ruleId, egress, protocol, ports, peer, description }: Rule) {
  return {
    SecurityGroupRuleId: ruleId,
    GroupId: group.groupId,
    IsEgress: egress,
    IpProtocol: protocol,
    FromPort: ports?.from ?? -1,
    ToPort: ports?.to ?? -1,
    ...('prefixList' in peer && { PrefixListId: peerText(peer) }),
    ...('groupId' in peer && { ReferencedGroupId: peerText(peer) }),
    ...('cidr' in peer && { [peer.cidr.family === 4 ? 'CidrIpv4' : 'CidrIpv6']: peerText(peer) }),
    ...(description !== undefined && { Description: description }),
  };
}
