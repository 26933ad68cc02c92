import { createHash } from 'node:crypto';
import type { FieldError } from '../problems/problem.ts';
import { roleOf, type SiteDns } from './dns.ts';
import type { Site } from './site.ts';

/** Enough of a SHA-256 that no two claimants have one id. */
const CHARACTERS = 32;

/** Who takes a role in another account. */
export interface RoleTaker {
  account: string;
  stackName: string;
}

/**
 * The external id that a role's trust policy has to ask for: one for each tenant of each stack. Derived, so that no document
 * can name the one of another tenant (failures S13). It is no secret, and is shown to who sets the role up alone.
 */
export function derivedExternalId({ account, stackName }: RoleTaker, tenant: string | undefined): string {
  const claim = JSON.stringify(['external id', account, stackName, tenant ?? null]);
  return `nameplate-${createHash('sha256').update(claim).digest('hex').slice(0, CHARACTERS)}`;
}

/** The id to take a site's role by: a site that was declared with one of its own keeps it until it is declared anew. */
export function externalIdOf({ dns, tenant }: { dns?: SiteDns; tenant?: string }, taker: RoleTaker): string {
  return roleOf({ dns })?.externalId ?? derivedExternalId(taker, tenant);
}

/** The site without the external id of its document, or what is wrong with that. */
export function withoutExternalId(site: Site, taker: RoleTaker): { site: Site } | { error: FieldError } {
  const role = roleOf(site);
  if (role?.externalId === undefined) return { site };
  if (role.externalId === derivedExternalId(taker, site.tenant)) return { site: { ...site, dns: { role: role.role } } };
  const detail =
    'Cannot use this external id: leave it out, and Nameplate derives one for the stack and the tenant; the trust policy that asks for it is shown where the role cannot be taken';
  return { error: { pointer: '#/dns/externalId', detail } };
}
