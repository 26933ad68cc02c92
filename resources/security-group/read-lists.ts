import type { EC2Client, IpPermission } from '@aws-sdk/client-ec2';
import { findPrefixList, type PrefixList, readPrefixLists } from '../../aws/load-balancers/prefix-lists.ts';
import { listIdsIn } from '../../aws/load-balancers/security-group-rules.ts';
import { Failure } from '../../domain/errors.ts';
import type { AccessRule } from '../../domain/load-balancers/access-rules.ts';

/**
 * The prefix lists that the desired rules name and those that existing ones refer to. EC2 is asked where there are any.
 *
 * @throws {Failure} "Misconfigured" when the region has no list of a desired name
 */
export async function readLists(
  ec2: EC2Client,
  desired: readonly AccessRule[],
  permissions: readonly IpPermission[],
): Promise<PrefixList[]> {
  const names = new Set(desired.flatMap((rule) => ('prefixList' in rule ? [rule.prefixList] : [])));
  const named = await Promise.all([...names].map((name) => findList(ec2, name)));
  const known = named.map(({ id }) => id);
  const others = listIdsIn(permissions).filter((id) => !known.includes(id));
  return [...named, ...(await readPrefixLists(ec2, others))];
}

async function findList(ec2: EC2Client, name: string): Promise<PrefixList> {
  const found = await findPrefixList(ec2, name);
  if (found) return found;
  const message = `Cannot open the load balancer to CloudFront alone: the region has no managed prefix list "${name}". Declare "lock": false in "cdn"`;
  throw new Failure('Misconfigured', message);
}
