import { createHash } from 'node:crypto';

/** Whose a thing is: the site it was made for, and the stack that made it. */
export interface Owner {
  domain: string;
  stack: string;
}

/** The tag that says for which tenant's sites an instance, a hosted zone or a certificate may be used. The platform sets it, never Nameplate. */
export const TENANT_TAG = 'nameplate:tenant';

/** What everything that can be tagged is tagged with. */
export function ownerTags({ domain, stack }: Owner): Record<string, string> {
  return { 'nameplate:site': domain, 'nameplate:stack': stack };
}

/** Whether the tags of a thing say that it is this owner's. */
export function isOwnedBy(owner: Owner, tags: Readonly<Record<string, string | undefined>>): boolean {
  return Object.entries(ownerTags(owner)).every(([key, value]) => tags[key] === value);
}

/** In words, for the message about a thing of the same name that isn't this owner's. */
export function whoseItIs(tags: Readonly<Record<string, string | undefined>>): string {
  const site = tags['nameplate:site'];
  return site === undefined
    ? 'it has no owner tags'
    : `it belongs to the site "${site}" of the stack "${tags['nameplate:stack'] ?? ''}"`;
}

/** The name of the security group of the instance that is created for a site. */
export function instanceGroupName(domain: string): string {
  return `${resourceName(domain)}-instance`;
}

/**
 * The name of the site's security group, target group and load balancer: "np-" and 12 hexadecimal digits. At most 32
 * letters, digits and hyphens are allowed there, fewer than a domain may have (failures L9).
 */
export function resourceName(domain: string): string {
  return `np-${createHash('sha256').update(domain).digest('hex').slice(0, 12)}`;
}
