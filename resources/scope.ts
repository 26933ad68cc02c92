import type { ResourceId } from '../domain/ledger/released.ts';
import type { SiteRecord } from '../domain/ledger/site-record.ts';
import type { Site } from '../domain/sites/site.ts';
import type { Scope } from './resource.ts';

/** The site's document, also where nothing of it is to exist: it says where its zones are. */
export function siteOf({ site, record, owner }: Scope): Site {
  const found = site ?? record?.item.site;
  if (!found) throw new Error(`Cannot read "${owner.domain}": it has no document`);
  return found;
}

/** What the ledger has of the site: a step has it always. */
export function recordOf({ record, owner }: Scope): SiteRecord {
  if (!record) throw new Error(`Cannot go on with "${owner.domain}": the ledger has no such site`);
  return record;
}

/** Whether an undo of an earlier life of the site has kept a resource: it is the site's no more, whatever its caller reference says. */
export function wasKept({ record }: Pick<Scope, 'record'>, { type, id }: ResourceId): boolean {
  return record?.item.kept?.some((each) => each.type === type && each.id === id) ?? false;
}
