import { createHash } from 'node:crypto';
import { type Owner, TENANT_TAG } from '../ownership.ts';

/** A site's owner, and the tenant that the site belongs to. */
export interface ZoneOwner extends Owner {
  tenant?: string | undefined;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What all references of the zones that are made for a site begin with. */
function prefix({ domain, stack }: Owner): string {
  return `nameplate-${digest(`${stack} ${domain}`)}-r`;
}

/** What a reference says of the tenant; nothing for the account's own sites, and in zones made before tenants had it. */
const tenantMark = (tenant: string | undefined): string => (tenant === undefined ? '' : `-${digest(tenant)}`);

/** The reference that makes a repeated CreateHostedZone the same one; at most 128 characters (failures R14). */
export function callerReference(owner: ZoneOwner, revision: number): string {
  return `${prefix(owner)}${revision}${tenantMark(owner.tenant)}`;
}

/** Whether a zone was made for this site, in whichever revision and for whichever tenant. */
export function isMadeFor(owner: Owner, reference: string): boolean {
  return reference.startsWith(prefix(owner)) && /^\d+(-[0-9a-f]{16})?$/.test(reference.slice(prefix(owner).length));
}

const MADE = /^nameplate-[0-9a-f]{16}-r\d+(-[0-9a-f]{16})?$/;

/** Whether Nameplate did not make a zone: then its tag says which tenant it is for. */
export function isForeign(reference: string): boolean {
  return !MADE.test(reference);
}

/**
 * Whether a zone is not this tenant's, so that only the challenge proves the names in it (failures S2): made by Nameplate for
 * another, or by others and without the tag `nameplate:tenant` of this one. The account's own sites may use every zone that
 * was not made for a tenant.
 */
export function isAnothersZone(
  tenant: string | undefined,
  { callerReference: reference, tags = {} }: { callerReference: string; tags?: Record<string, string> | undefined },
): boolean {
  const [made, mark = ''] = MADE.exec(reference) ?? [];
  if (made === undefined) return tenant !== undefined && tags[TENANT_TAG] !== tenant;
  return mark !== tenantMark(tenant);
}
