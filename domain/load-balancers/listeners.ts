import { isOwnedBy, type Owner, whoseItIs } from '../ownership.ts';
import type { Site } from '../sites/site.ts';

/** A listener of a load balancer, as far as decisions look. */
export interface Listener {
  arn: string;
  port: number;
  protocol: string;
  certificateArn?: string;
  /** Where it forwards to, when it does nothing but that. */
  targetGroupArn?: string;
  /** Whether it sends every request to https for good, and does nothing but that. */
  redirects: boolean;
}

/** Why the listener that stands on port 80, or none, is not what `http` declares; undefined when it is, or can be made. */
export function httpListenerProblem(standing: Listener | undefined, http: Site['http']): string | undefined {
  if (!standing) return undefined;
  const wanted = http === 'reject' ? 'nothing shall answer on port 80' : 'port 80 shall send viewers to https';
  if (http === 'redirect' && standing.redirects) return undefined;
  return `Cannot use the ${standing.protocol} listener on port 80 (${standing.arn}): ${wanted}. Delete it, then declare the site again`;
}

/** Whether the listener on port 443 already serves that certificate and forwards there: then it is used, whoever made it. */
export function servesAsWanted(
  { protocol, certificateArn, targetGroupArn }: Listener,
  wanted: { certificateArn: string | undefined; targetGroupArn: string | undefined },
): boolean {
  if (wanted.certificateArn === undefined || wanted.targetGroupArn === undefined) return false;
  return protocol === 'HTTPS' && certificateArn === wanted.certificateArn && targetGroupArn === wanted.targetGroupArn;
}

/** Why a listener on port 443 that doesn't serve as wanted can't be changed; undefined when it is ours (failures L4). */
export function secureListenerProblem(
  { arn, tags }: { arn: string; tags: Readonly<Record<string, string>> },
  owner: Owner,
): string | undefined {
  if (isOwnedBy(owner, tags)) return undefined;
  return `Cannot use the listener on port 443 (${arn}): ${whoseItIs(tags)}. Delete it, then declare the site again`;
}
