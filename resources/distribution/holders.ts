import { isNobodys } from '../../domain/adoption.ts';
import type { Scope } from '../resource.ts';

/** A distribution of the account that is not the site's, and serves names of the site: a name is on one distribution only. */
export interface NameHolder {
  id: string;
  domainName: string;
  names: readonly string[];
  tags: Record<string, string>;
}

/** Whether the names of a distribution may be moved to that of the site: it belongs to no site, and the document adopts. */
export function isMovable({ tags }: Pick<NameHolder, 'tags'>, { site }: Pick<Scope, 'site'>): boolean {
  return site?.adopt === true && isNobodys(tags);
}
