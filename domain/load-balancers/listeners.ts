import { adviceFor, isNobodys } from '../adoption.ts';
import { isOwnedBy, type Owner, whoseItIs } from '../ownership.ts';
import type { Site } from '../sites/site.ts';
import { type Forward, isSameForwarding } from './forwards.ts';
import { tlsPolicyFor } from './tls-policy.ts';

/** A listener of a load balancer, as far as decisions look. */
export interface Listener {
  arn: string;
  port: number;
  protocol: string;
  certificateArn?: string;
  /** The TLS policy, of one that speaks TLS. */
  tlsPolicy?: string;
  /** Where it forwards to, when it does nothing but that; else nowhere. */
  forwards: readonly Forward[];
  /** Whether it sends every request to https for good, and does nothing but that. */
  redirects: boolean;
  /** Whether it answers 403 to every request that no rule forwards. */
  refuses?: true;
}

/** Whose listeners may be changed: one's own, and with `adopt` also what has no owner. */
interface Asking {
  owner: Owner;
  adopt?: boolean | undefined;
}

type Tags = Readonly<Record<string, string>>;

/**
 * Why the listener that stands on port 80, or none, can't be what `http` declares; undefined when it is, or can be made so.
 * Where nothing shall listen any more, one of ours goes with the release; one that was adopted would answer there again.
 * One that is not ours is never deleted, since its rules would be lost: where nothing shall listen, it isn't adopted either.
 */
export function httpListenerProblem(
  standing: (Listener & { tags: Tags }) | undefined,
  { http, owner, adopt = false, adopted = false }: Asking & { http: Site['http']; adopted?: boolean },
): string | undefined {
  if (!standing || (http === 'redirect' && standing.redirects)) return undefined;
  if (http === 'reject' && isOwnedBy(owner, standing.tags) && !adopted) return undefined;
  const { protocol, arn, tags } = standing;
  const wanted = http === 'reject' ? 'nothing shall answer on port 80' : 'port 80 shall send viewers to https';
  const cannot = `Cannot use the ${protocol} listener on port 80 (${arn}): ${wanted}`;
  const again = adopted ? ', and it would answer as it did before it was adopted' : '';
  if (http === 'reject') return `${cannot}${again}. Delete it, then declare the site again`;
  if (isOwnedBy(owner, tags) || (adopt && isNobodys(tags))) return undefined;
  return `${cannot}. ${adviceFor(tags)}`;
}

/** Whether the listener on port 443 already serves that certificate and forwards there: then it is used, ours or not. */
export function servesAsWanted(
  { protocol, certificateArn, forwards }: Listener,
  wanted: { certificateArn: string | undefined; forwards: readonly Forward[] | undefined },
): boolean {
  if (wanted.certificateArn === undefined || wanted.forwards === undefined) return false;
  return (
    protocol === 'HTTPS' && certificateArn === wanted.certificateArn && isSameForwarding(forwards, wanted.forwards)
  );
}

/** Whether its TLS policy is one of today's. */
export function hasCurrentTlsPolicy({ tlsPolicy }: Listener): boolean {
  return tlsPolicy === tlsPolicyFor(tlsPolicy);
}

/** Whether the listener on port 443 is left as it is: it serves as wanted, and a TLS policy of before is another's to change. */
export function isLeftAsItIs(
  standing: Listener & { tags: Tags },
  { owner, ...wanted }: { owner: Owner } & Parameters<typeof servesAsWanted>[1],
): boolean {
  return servesAsWanted(standing, wanted) && (hasCurrentTlsPolicy(standing) || !isOwnedBy(owner, standing.tags));
}

/** Why a listener on port 443 that doesn't serve as wanted can't be changed; undefined when it is ours, or is to be adopted (failures L4). */
export function secureListenerProblem(
  { arn, tags }: { arn: string; tags: Tags },
  { owner, adopt = false }: Asking,
): string | undefined {
  if (isOwnedBy(owner, tags) || (adopt && isNobodys(tags))) return undefined;
  return `Cannot use the listener on port 443 (${arn}): ${whoseItIs(tags)}. ${adviceFor(tags)}`;
}
