import { adviceFor, isNobodys } from '../adoption.ts';
import { isOwnedBy, type Owner, whoseItIs } from '../ownership.ts';
import type { TargetKind } from './target-group.ts';

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

const INSTANCES: TargetKind = { targetType: 'instance', protocol: 'HTTP' };

/**
 * Why a target group of our name can't be used; undefined when it is ours, or is to be adopted, and takes the site's kind of targets
 * in the right VPC, which can't be changed.
 */
export function targetGroupProblem(
  standing: { arn: string; vpcId: string; targetType: string; protocol: string; tags: Tags },
  { name, vpcId, kind = INSTANCES, ...asking }: Asking & { name: string; vpcId: string; kind?: TargetKind },
): string | undefined {
  const cannot = `Cannot use the target group "${name}" (${standing.arn})`;
  const remedy = 'Delete it, then declare the site again';
  const { targetType, protocol } = kind;
  if (standing.vpcId !== vpcId) {
    return `${cannot}: it is in "${standing.vpcId}", and the ${targetType === 'ip' ? 'load balancer' : 'instance'} in "${vpcId}". ${remedy}`;
  }
  if (standing.targetType !== targetType || standing.protocol !== protocol) {
    const needs = `${targetType === 'ip' ? 'addresses' : 'instances'} over ${protocol}`;
    return `${cannot}: it takes targets of type "${standing.targetType}" over ${standing.protocol}, and the site needs ${needs}. ${remedy}`;
  }
  if (mayBeUsed(standing, asking)) return undefined;
  return `${cannot}: ${whoseItIs(standing.tags)}. ${adviceFor(standing.tags)}`;
}
