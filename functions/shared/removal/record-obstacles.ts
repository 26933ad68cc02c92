import type { Environment } from '../../../aws/environment.ts';
import type { Clients } from '../../../aws/one-look.ts';
import type { Leaving } from '../../../domain/ledger/leaving.ts';
import { isOwnedBy } from '../../../domain/ownership.ts';
import { inWords, isSameSet, type RecordSet } from '../../../domain/records/record-set.ts';
import { type Obstacle, THEN_AGAIN } from '../../../domain/removal/obstacle.ts';
import { type FoundRecord, recordsLeadingTo } from '../../../resources/record/records-leading-to.ts';
import { type Ends, endsToRemove, leadsTo } from '../../../resources/record/site-ends.ts';

interface Looking {
  ends: Ends;
  /** The sites that share an address, by its id: it is not released while they do. */
  heirs: ReadonlyMap<string, string>;
  /** The record sets that are removed before what they lead to, by the id of their zone. */
  removed: ReadonlyMap<string, readonly RecordSet[]>;
  environment: Environment;
  clients: Clients;
}

/**
 * The load balancers and addresses of the site that are to go while records lead to them which stay: viewers of others, or a
 * record of the site's own that was changed.
 */
export async function recordObstacles(
  { record, owner, kept }: Leaving,
  { ends, heirs, removed, environment, clients }: Looking,
): Promise<Obstacle[]> {
  const { loadBalancers, addresses: leaving } = endsToRemove(ends, kept);
  const addresses = leaving.filter(({ allocationId, tags }) => isOwnedBy(owner, tags) && !heirs.has(allocationId));
  const all = [
    ...loadBalancers.map(({ arn: id, dnsName }) => ({ type: 'load balancer' as const, id, end: { dnsName } })),
    ...addresses.map(({ allocationId: id, address }) => ({ type: 'elastic address' as const, id, end: { address } })),
  ];
  if (all.length === 0) return [];
  const leads = (set: RecordSet) => all.some(({ end }) => leadsTo(set, end));
  const { found } = await recordsLeadingTo(record.item.site, { leads, environment, clients });
  // A change moves the records of the names that it keeps before it releases anything.
  const others = found.filter(({ set }) => !kept.names.includes(set.name));
  const staying = others.filter(({ zone, set }) => !removed.get(zone.id)?.some((one) => isSameSet(one, set)));
  return all.flatMap(({ type, id, end }): Obstacle[] => {
    const here = staying.filter(({ set }) => leadsTo(set, end));
    if (here.length === 0) return [];
    const serves = type === 'load balancer' && { serves: true as const };
    return [
      { type, id, why: `${here.map(where).join('; ')}. Delete it or point it elsewhere, ${THEN_AGAIN}`, ...serves },
    ];
  });
}

/** 'blog.example.test CNAME … in the hosted zone "example.test" (ZEXAMPLE) leads to it' */
function where({ zone: { id, name }, set }: FoundRecord): string {
  return `${inWords(set)} in the hosted zone "${name}" (${id}) leads to it`;
}
