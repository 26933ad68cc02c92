import type { IpPermission, SecurityGroupRule as ShownRule } from '@aws-sdk/client-ec2';
import type { Cidr } from '../cidr.ts';
import type { PrefixList } from '../prefix-lists/prefix-list.ts';
import type { Region } from '../region.ts';
import type { SecurityGroup } from './security-group.ts';

/** One rule of a security group: one protocol, one range of ports, one peer. */
export interface Rule {
  ruleId: string;
  egress: boolean;
  /** "tcp", "udp", "icmp", "icmpv6", another protocol's number, or "-1" for all. */
  protocol: string;
  /** Undefined for all ports; for ICMP type and code. */
  ports: { from: number; to: number } | undefined;
  peer: Peer;
  description: string | undefined;
}

export type Peer = { cidr: Cidr } | { groupId: string } | { prefixList: PrefixList };

/** Equal rules have equal keys: a group holds each once. */
export const ruleKey = ({ egress, protocol, ports, peer }: Omit<Rule, 'ruleId' | 'description'>): string =>
  [egress, protocol, ports?.from, ports?.to, peerText(peer)].join(' ');

/** "203.0.113.0/24", "sg-0f2c…", "pl-3b92…". */
export function peerText(peer: Peer): string {
  if ('cidr' in peer) return peer.cidr.text;
  return 'groupId' in peer ? peer.groupId : peer.prefixList.id;
}

/** Rules as IpPermissions: what shares protocol and ports stands together. */
export function shownPermissions(rules: Rule[], account: string): IpPermission[] {
  const together = Map.groupBy(rules, ({ protocol, ports }) => `${protocol} ${ports?.from} ${ports?.to}`);
  return [...together.values()].map((members) => {
    const { protocol, ports } = members[0] as Rule;
    const described = ({ description }: Rule) => (description === undefined ? {} : { Description: description });
    return {
      IpProtocol: protocol,
      ...(ports && { FromPort: ports.from, ToPort: ports.to }),
      IpRanges: members.flatMap((rule) =>
        'cidr' in rule.peer && rule.peer.cidr.family === 4 ? [{ CidrIp: rule.peer.cidr.text, ...described(rule) }] : [],
      ),
      Ipv6Ranges: members.flatMap((rule) =>
        'cidr' in rule.peer && rule.peer.cidr.family === 6
          ? [{ CidrIpv6: rule.peer.cidr.text, ...described(rule) }]
          : [],
      ),
      PrefixListIds: members.flatMap((rule) =>
        'prefixList' in rule.peer ? [{ PrefixListId: rule.peer.prefixList.id, ...described(rule) }] : [],
      ),
      UserIdGroupPairs: members.flatMap((rule) =>
        'groupId' in rule.peer ? [{ GroupId: rule.peer.groupId, UserId: account, ...described(rule) }] : [],
      ),
    };
  });
}

/** As DescribeSecurityGroupRules shows it. */
export function shownRule(
  rule: Rule,
  group: SecurityGroup,
  { account, region }: { account: string; region: Region },
): ShownRule {
  const { peer, ports } = rule;
  return {
    SecurityGroupRuleId: rule.ruleId,
    SecurityGroupRuleArn: `arn:aws:ec2:${region.name}:${account}:security-group-rule/${rule.ruleId}`,
    GroupId: group.groupId,
    GroupOwnerId: account,
    IsEgress: rule.egress,
    IpProtocol: rule.protocol,
    FromPort: ports?.from ?? -1,
    ToPort: ports?.to ?? -1,
    ...('cidr' in peer && peer.cidr.family === 4 && { CidrIpv4: peer.cidr.text }),
    ...('cidr' in peer && peer.cidr.family === 6 && { CidrIpv6: peer.cidr.text }),
    ...('prefixList' in peer && { PrefixListId: peer.prefixList.id }),
    ...('groupId' in peer && { ReferencedGroupInfo: { GroupId: peer.groupId, UserId: account } }),
    ...(rule.description !== undefined && { Description: rule.description }),
    Tags: region.tags.shown(rule.ruleId),
  };
}
