import { createHash } from 'node:crypto';
import { type Owner, resourceName } from '../ownership.ts';

/** Source: CloudFront API Reference, `DistributionConfig`, `Comment`, checked 2026-11-29. */
const MAX_COMMENT = 128;

/** What says in a listing whose a distribution is: its tags and its caller reference are not listed. */
export function commentOf(domain: string): string {
  const comment = `Nameplate: ${domain}`;
  return comment.length <= MAX_COMMENT ? comment : `Nameplate: ${resourceName(domain)}`;
}

/** The id of the origin of a name in the configuration: "np-0123456789ab". */
export function originIdOf(originName: string): string {
  return resourceName(originName);
}

/** Whether an origin in a configuration was added by us. */
export function isOwnOrigin(id: string | undefined): boolean {
  return /^np-[0-9a-f]{12}$/.test(id ?? '');
}

/**
 * What a distribution is created with, so that a repeated request creates no second one. A reference is taken for good, also by
 * a distribution that was deleted: `attempt` counts, from 1, those of this operation that were.
 */
export function distributionReference(
  { domain, stack }: Owner,
  { revision, attempt }: { revision: number; attempt: number },
): string {
  const digest = createHash('sha256').update(`${stack} ${domain}`).digest('hex').slice(0, 32);
  return `nameplate-${digest}-${revision}-${attempt}`;
}
