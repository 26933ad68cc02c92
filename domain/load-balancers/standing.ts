import { isOwnedBy, type Owner, resourceName, whoseItIs } from '../ownership.ts';

type Tags = Readonly<Record<string, string>>;

/** Why a security group of our name can't be used; undefined when it is ours. */
export function securityGroupProblem(standing: { id: string; tags: Tags }, owner: Owner): string | undefined {
  if (isOwnedBy(owner, standing.tags)) return undefined;
  const whose = whoseItIs(standing.tags);
  return `Cannot use the security group "${resourceName(owner.domain)}" (${standing.id}): ${whose}. Delete it, then declare the site again`;
}

/** Why a load balancer of our name can't be used (failures L5); undefined when it is ours and faces the internet from the right VPC. */
export function loadBalancerProblem(
  standing: { arn: string; vpcId: string; scheme: string; tags: Tags },
  { owner, vpcId }: { owner: Owner; vpcId: string },
): string | undefined {
  const cannot = `Cannot use the load balancer "${resourceName(owner.domain)}" (${standing.arn})`;
  if (!isOwnedBy(owner, standing.tags))
    return `${cannot}: ${whoseItIs(standing.tags)}. Delete it, then declare the site again`;
  if (standing.vpcId === vpcId && standing.scheme === 'internet-facing') return undefined;
  return `${cannot}: it is ${standing.scheme} in "${standing.vpcId}", and the instance is in "${vpcId}". Delete it, then declare the site again`;
}

/** Why a target group of our name can't be used; undefined when it is ours and in the right VPC. */
export function targetGroupProblem(
  standing: { arn: string; vpcId: string; tags: Tags },
  { name, owner, vpcId }: { name: string; owner: Owner; vpcId: string },
): string | undefined {
  const cannot = `Cannot use the target group "${name}" (${standing.arn})`;
  if (!isOwnedBy(owner, standing.tags))
    return `${cannot}: ${whoseItIs(standing.tags)}. Delete it, then declare the site again`;
  if (standing.vpcId === vpcId) return undefined;
  return `${cannot}: it is in "${standing.vpcId}", and the instance in "${vpcId}". Delete it, then declare the site again`;
}
