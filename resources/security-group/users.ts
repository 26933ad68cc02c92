import type { GroupInterface, GroupRule } from '../../aws/load-balancers/security-group-users.ts';
import { ACCESS_RULE } from '../../domain/load-balancers/access-rules.ts';
import { isOwnedBy, resourceName } from '../../domain/ownership.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import type { Scope } from '../resource.ts';

/** What keeps a security group from being deleted. */
export interface GroupUsers {
  /** The network interfaces that it is attached to. */
  interfaces: GroupInterface[];
  /** The rules of other groups that refer to it. */
  referring: GroupRule[];
  /** The rules in it, which EC2 deletes along with it. */
  inside: GroupRule[];
}

/** Why a group of ours is retained: what of others uses it, or is in it; undefined when it may be deleted. */
export function whyGroupIsUsed({ interfaces, referring, inside }: GroupUsers, scope: Scope): string | undefined {
  const { owner } = scope;
  const attached = interfaces.filter((each) => !isLeavingWith(each, scope));
  const own = new Set(attached.flatMap((each) => ownLoadBalancer(each, owner.domain) ?? []));
  const others = attached.filter((each) => ownLoadBalancer(each, owner.domain) === undefined);
  // Ours are deleted before the group is, although EC2 may return them for a while.
  const naming = referring.filter(({ tags }) => !isOwnedBy(owner, tags));
  const users = [
    ...others.map(({ id, description }) => `the network interface ${id}${description && ` (${description})`} is in it`),
    ...naming.map((rule) => `the rule ${rule.id} of the security group ${rule.groupId} names it`),
  ];
  const foreign = inside
    .filter(({ tags, description }) => !isOwnedBy(owner, tags) && description !== ACCESS_RULE)
    .map(({ id, description }) => `the rule ${id}${description && ` (${description})`}`);
  const fixes = [
    ...[...own].map((path) => `the load balancer ${path}, which stays, is in it. Remove what that one stays for`),
    ...(users.length === 0 ? [] : [`${users.join(', and ')}. Take it out there`]),
    ...(foreign.length === 0 ? [] : [`${foreign.join(', and ')} of others would be deleted with it. Delete it`]),
  ];
  return fixes.length === 0 ? undefined : `${fixes.join('; ')}, ${THEN_AGAIN}`;
}

/** Whether an interface is that of our load balancer which is deleted, and takes the interface along minutes later (failures L12). */
function isLeavingWith(each: GroupInterface, { owner, known }: Scope): boolean {
  const path = ownLoadBalancer(each, owner.domain);
  const { left = [] } = known.RemoveLoadBalancer ?? {};
  return path !== undefined && !left.some(({ id }) => id.endsWith(`:loadbalancer/${path}`));
}

/** "app/np-7df97d9903c5/9221b26e1fcdf8d7" when the interface is of the site's own load balancer. */
function ownLoadBalancer({ description }: GroupInterface, domain: string): string | undefined {
  const [, path] = /^ELB (app\/.+)$/.exec(description) ?? [];
  return path?.startsWith(`app/${resourceName(domain)}/`) ? path : undefined;
}
