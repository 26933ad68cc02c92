import { isOwnedBy } from '../../../domain/ownership.ts';
import { inWords, isSameSet, type RecordSet } from '../../../domain/records/record-set.ts';
import { type Obstacle, THEN_AGAIN } from '../../../domain/removal/obstacle.ts';
import type { SeenAddresses } from '../../../resources/elastic-ip/changes.ts';
import type { ActualRecords } from '../../../resources/record/actual.ts';
import { isDeclared, removals } from '../../../resources/record/changes.ts';
import { type FoundRecord, recordsLeadingTo } from '../../../resources/record/records-leading-to.ts';
import { endsInUse, endsToRemove, leadsTo } from '../../../resources/record/site-ends.ts';
import type { Look, Scope } from '../../../resources/resource.ts';
import { siteOf } from '../../../resources/scope.ts';

/**
 * The load balancers, distributions and addresses of the site that are to go while records lead to them which stay: viewers of others, or a
 * record of the site's own that was changed.
 */
export async function recordObstacles(
  look: Pick<Look, 'clients' | 'environment'>,
  scope: Scope,
  { addresses: { heirs }, record }: { addresses: SeenAddresses; record: ActualRecords },
): Promise<Obstacle[]> {
  const { released } = record;
  if (!released) return [];
  const { loadBalancers, distributions, addresses: leaving } = endsToRemove(released.ends, endsInUse(scope));
  // Sites that share an address keep it from being released.
  const addresses = leaving.filter(
    ({ allocationId, tags }) => isOwnedBy(scope.owner, tags) && !heirs.has(allocationId),
  );
  const all = [
    ...distributions.map(({ id, domainName }) => ({ type: 'distribution' as const, id, end: { dnsName: domainName } })),
    ...loadBalancers.map(({ arn: id, dnsName }) => ({ type: 'load balancer' as const, id, end: { dnsName } })),
    ...addresses.map(({ allocationId: id, address }) => ({ type: 'elastic address' as const, id, end: { address } })),
  ];
  if (all.length === 0) return [];
  const leads = (set: RecordSet) => all.some(({ end }) => leadsTo(set, end));
  const { found } = await recordsLeadingTo(siteOf(scope), { leads, ...look });
  // A change moves the records of the names that it keeps before it releases anything.
  const others = found.filter(({ set }) => !isDeclared(set.name, scope.site));
  const removed = removals(released, scope);
  const staying = others.filter(
    ({ zone: { id }, set }) =>
      !removed.some(
        ({ zone, plan }) => zone.id === id && plan.changes.some(({ before }) => before && isSameSet(before, set)),
      ),
  );
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
