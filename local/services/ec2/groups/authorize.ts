import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupEgressResult,
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
} from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find, newIdOf } from '../ids.ts';
import { created, existing } from '../permissions.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';
import { type FlatRule, readPermissions, type WantedRule } from './read-permissions.ts';
import { type Peer, peerText, ruleKey, shownRule } from './rule.ts';
import type { SecurityGroup } from './security-group.ts';

// Source: VPC User Guide, "Amazon VPC quotas": inbound and outbound, IPv4 and IPv6 are counted apart, a reference to a
// group or to a prefix list of AWS counts in both families, the list as many times as it weighs; checked 2026-11-29.
const RULES_PER_GROUP = 60;

type Input = AuthorizeSecurityGroupIngressRequest & AuthorizeSecurityGroupEgressRequest & FlatRule;

/** Lets traffic in. */
export const authorizeIngress = (
  ec2: Ec2,
): Operation<AuthorizeSecurityGroupIngressRequest, AuthorizeSecurityGroupIngressResult> => authorize(ec2, false);

/** Lets traffic out. */
export const authorizeEgress = (
  ec2: Ec2,
): Operation<AuthorizeSecurityGroupEgressRequest, AuthorizeSecurityGroupEgressResult> => authorize(ec2, true);

function authorize(ec2: Ec2, egress: boolean): Operation<Input, AuthorizeSecurityGroupIngressResult> {
  return {
    resources: ({ GroupId, TagSpecifications }, call) => [
      existing(ec2, call, { type: 'security-group', id: GroupId }),
      created(call, 'security-group-rule', TagSpecifications),
    ],
    run(input, call) {
      const region = ec2.region(call.region);
      const group = find(region.groups, 'group', input.GroupId);
      const tags = tagsOnCreate(input.TagSpecifications, 'rule');
      const wanted = readPermissions(input, { region, group, egress });
      const keys = new Set<string>();
      for (const rule of wanted) {
        const key = ruleKey(rule);
        if (keys.has(key))
          throw new AwsError('InvalidParameterValue', 'The same permission must not appear multiple times');
        if (group.rules.has(key)) throw new AwsError('InvalidPermission.Duplicate', alreadyThere(rule));
        keys.add(key);
      }
      checkLimit(group, wanted, egress);
      const rules = wanted.map((rule) => ({ ruleId: newIdOf(ec2.host.draws, 'rule'), ...rule }));
      for (const rule of rules) {
        group.rules.set(ruleKey(rule), rule);
        region.tags.put(rule.ruleId, tags);
      }
      return {
        Return: true,
        SecurityGroupRules: rules.map((rule) => shownRule(rule, group, { account: call.account, region })),
      };
    },
  };
}

function alreadyThere({ peer, protocol, ports }: WantedRule): string {
  const traffic = protocol === '-1' ? 'ALL' : protocol.toUpperCase();
  const range = ports ? `, from port: ${ports.from}, to port: ${ports.to}` : '';
  return `the specified rule "peer: ${peerText(peer)}, ${traffic}${range}, ALLOW" already exists`;
}

function checkLimit(group: SecurityGroup, wanted: WantedRule[], egress: boolean): void {
  const all = [...group.rules.values(), ...wanted].filter((rule) => rule.egress === egress);
  for (const family of [4, 6]) {
    const count = all.reduce((sum, { peer }) => sum + weightOf(peer, family), 0);
    if (count > RULES_PER_GROUP) {
      throw new AwsError(
        'RulesPerSecurityGroupLimitExceeded',
        'The maximum number of rules per security group has been reached.',
      );
    }
  }
}

function weightOf(peer: Peer, family: number): number {
  if ('groupId' in peer) return 1;
  if ('prefixList' in peer) return peer.prefixList.weight;
  return peer.cidr.family === family ? 1 : 0;
}
