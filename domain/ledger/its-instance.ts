import { withNewInstance } from '../origins/new-instance.ts';
import { madeOf } from './made-of.ts';
import { stepOf } from './outputs.ts';
import type { SiteRecord } from './site-record.ts';

/** The id of the instance that was created for the site; undefined before, and once it is removed. */
export function itsInstance(record: SiteRecord): string | undefined {
  const { instanceId } = stepOf(record, 'CreateInstance')?.output ?? {};
  return madeOf(record, 'instance').find(({ id }) => id === instanceId)?.id;
}

/** The record with that id in its documents: from there on they are like those of a site with an instance that exists. */
export function withItsInstance(record: SiteRecord): SiteRecord {
  const id = itsInstance(record);
  if (id === undefined) return record;
  const { item } = record;
  const { site, live } = item;
  return {
    ...record,
    item: { ...item, site: withNewInstance(site, { id }), ...(live && { live: withNewInstance(live, { id }) }) },
  };
}
