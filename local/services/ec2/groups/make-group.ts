import { parseCidr } from '../cidr.ts';
import type { Ec2 } from '../ec2.ts';
import { newIdOf } from '../ids.ts';
import type { Region } from '../region.ts';
import type { Vpc } from '../vpcs/vpc.ts';
import { type Peer, type Rule, ruleKey } from './rule.ts';
import type { SecurityGroup } from './security-group.ts';

/** Makes a group that lets everything out and nothing in. */
export function makeGroup(
  ec2: Ec2,
  region: Region,
  { vpc, name, description }: { vpc: Vpc; name: string; description: string },
): SecurityGroup {
  const group: SecurityGroup = {
    groupId: newIdOf(ec2.host.draws, 'group'),
    name,
    description,
    vpcId: vpc.vpcId,
    rules: new Map(),
  };
  region.groups.set(group.groupId, group);
  for (const everywhere of vpc.ipv6 ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0']) {
    const cidr = parseCidr(everywhere);
    if (cidr) allowAll(ec2, group, { egress: true, peer: { cidr } });
  }
  return group;
}

/** Adds the rule for every protocol and port. */
export function allowAll(ec2: Ec2, group: SecurityGroup, { egress, peer }: { egress: boolean; peer: Peer }): void {
  const rule: Rule = {
    ruleId: newIdOf(ec2.host.draws, 'rule'),
    egress,
    protocol: '-1',
    ports: undefined,
    peer,
    description: undefined,
  };
  group.rules.set(ruleKey(rule), rule);
}
