import { adviceFor, isNobodys } from '../adoption.ts';
import { isOwnedBy, type Owner, whoseItIs } from '../ownership.ts';

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
