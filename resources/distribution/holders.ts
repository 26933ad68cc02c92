import { isNobodys } from '../../domain/adoption.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { TENANT_TAG } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';

/** A distribution of the account that is not the site's, and serves names of the site: a name is on one distribution only. */
export interface NameHolder {
  id: string;
  domainName: string;
  names: readonly string[];
  tags: Record<string, string>;
}

/**
 * Whether the names of a distribution may be moved to that of the site: it belongs to no site, and the document adopts, and has them served by
 * a distribution. A tenant's site
 * takes names from what bears its tag alone (failures B4).
 */
export function isMovable({ tags }: Pick<NameHolder, 'tags'>, { site }: Pick<Scope, 'site'>): boolean {
  const isTenants = site?.tenant === undefined || tags[TENANT_TAG] === site.tenant;
  return site?.adopt === true && needsResource(site, 'alias') && isNobodys(tags) && isTenants;
}
