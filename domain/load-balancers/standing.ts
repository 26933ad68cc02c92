import { adviceFor, isNobodys } from '../adoption.ts';
import { isOwnedBy, type Owner, resourceName, whoseItIs } from '../ownership.ts';

type Tags = Readonly<Record<string, string>>;

/** Whose things may be used: one's own, and with `adopt` also what has no owner. */
interface Asking {
  owner: Owner;
  adopt?: boolean | undefined;
}

/** Whether a thing that stands isn't ours, and nothing keeps it from being adopted but the asking. */
function mayBeUsed({ tags }: { tags: Tags }, { owner, adopt = false }: Asking): boolean {
  return isOwnedBy(owner, tags) || (adopt && isNobodys(tags));
}

/**
 * Why a load balancer of our name can't be used (failures L5); undefined when it is ours, or is to be adopted, and faces
 * the internet from the right VPC, which can't be changed.
 */
export function loadBalancerProblem(
  standing: { arn: string; vpcId: string; scheme: string; tags: Tags },
  { vpcId, ...asking }: Asking & { vpcId: string },
): string | undefined {
  const cannot = `Cannot use the load balancer "${resourceName(asking.owner.domain)}" (${standing.arn})`;
  if (standing.vpcId !== vpcId || standing.scheme !== 'internet-facing') {
    return `${cannot}: it is ${standing.scheme} in "${standing.vpcId}", and the instance is in "${vpcId}". Delete it, then declare the site again`;
  }
  if (mayBeUsed(standing, asking)) return undefined;
  return `${cannot}: ${whoseItIs(standing.tags)}. ${adviceFor(standing.tags)}`;
}

/** The security groups that a load balancer is to stand in: those that it has, and ours. Undefined when it does already. */
export function groupsToSet(standing: readonly string[], ours: string | undefined): string[] | undefined {
  return ours === undefined || standing.includes(ours) ? undefined : [...standing, ours];
}

/**
 * Why a target group of our name can't be used; undefined when it is ours, or is to be adopted, and takes instances of the
 * right VPC over HTTP, which can't be changed.
 */
export function targetGroupProblem(
  standing: { arn: string; vpcId: string; targetType: string; protocol: string; tags: Tags },
  { name, vpcId, ...asking }: Asking & { name: string; vpcId: string },
): string | undefined {
  const cannot = `Cannot use the target group "${name}" (${standing.arn})`;
  const remedy = 'Delete it, then declare the site again';
  if (standing.vpcId !== vpcId) {
    return `${cannot}: it is in "${standing.vpcId}", and the instance in "${vpcId}". ${remedy}`;
  }
  const { targetType, protocol } = standing;
  if (targetType !== 'instance' || protocol !== 'HTTP') {
    return `${cannot}: it takes targets of type "${targetType}" over ${protocol}, and the site needs instances over HTTP. ${remedy}`;
  }
  if (mayBeUsed(standing, asking)) return undefined;
  return `${cannot}: ${whoseItIs(standing.tags)}. ${adviceFor(standing.tags)}`;
}
