import type { EC2Client } from '@aws-sdk/client-ec2';
import { listAddresses } from '../../../aws/servers/list-addresses.ts';
import { type Kept, whyRetained } from '../../../domain/changes/kept.ts';
import type { Leaving } from '../../../domain/ledger/leaving.ts';
import { madeOf } from '../../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { instanceOf } from '../../../domain/origins/instance.ts';
import { isOwnedBy } from '../../../domain/ownership.ts';
import { type Obstacle, THEN_AGAIN } from '../../../domain/removal/obstacle.ts';
import type { ElasticAddress } from '../../../domain/servers/choose-address.ts';

const TYPE = 'elastic address';

/** The addresses that bear the site's tags, and those of other sites of the stack that it shares or has shared. */
export async function siteAddresses(
  ec2: EC2Client,
  { record, owner }: Omit<Leaving, 'kept'>,
): Promise<ElasticAddress[]> {
  const used = addressesUsed(record).map(({ id }) => id);
  return (await listAddresses(ec2)).filter(
    ({ allocationId, tags }) =>
      isOwnedBy(owner, tags) || (tags['nameplate:stack'] === owner.stack && used.includes(allocationId)),
  );
}

/** The instances whose address the site uses or has used, except the one that it keeps. */
export function instancesLeft({ item, steps }: SiteRecord, kept: Pick<Kept, 'address'>): string[] {
  const declared = [item.site, ...(item.live ? [item.live] : [])].map((site) => instanceOf(site).id);
  const given = addressesUsed({ steps }).flatMap(({ givenTo }) => givenTo ?? []);
  const all = new Set([...declared, ...given]);
  if (kept.address !== undefined) all.delete(instanceOf(item.site).id);
  return [...all];
}

/** The instance whose sites share an address: where it is, or where it was given. */
export function sharingInstance(
  { allocationId, instanceId }: Pick<ElasticAddress, 'allocationId' | 'instanceId'>,
  record: SiteRecord,
): string {
  const given = addressesUsed(record).find(({ id }) => id === allocationId)?.givenTo;
  return instanceId ?? given ?? instanceOf(record.item.site).id;
}

/** Ours and found. */
function addressesUsed({ steps }: Pick<SiteRecord, 'steps'>) {
  return steps.flatMap(({ made }) => made).filter(({ type }) => type === TYPE);
}

/**
 * The addresses that bear the site's tags and are not kept: it releases them, or passes them on to a site that shares them.
 * One is left that was associated with another instance since, or that records of others lead to.
 */
export function leavingAddresses(
  addresses: readonly ElasticAddress[],
  { record, owner, kept }: Leaving,
): { go: ElasticAddress[]; left: Obstacle[] } {
  const given = madeOf(record, TYPE);
  const isGivenByUs = ({ allocationId, instanceId }: ElasticAddress) =>
    instanceId === instanceOf(record.item.site).id ||
    given.some(({ id, givenTo }) => id === allocationId && givenTo !== undefined && givenTo === instanceId);
  const go: ElasticAddress[] = [];
  const left: Obstacle[] = [];
  for (const each of addresses.filter(({ address, tags }) => isOwnedBy(owner, tags) && address !== kept.address)) {
    const { allocationId: id, address, associationId, instanceId } = each;
    const retained = whyRetained(kept, id);
    if (associationId !== undefined && !isGivenByUs(each)) {
      const why = `${address} was moved to ${instanceId ?? 'another network interface'} (${associationId}). Disassociate it there, ${THEN_AGAIN}`;
      left.push({ type: TYPE, id, why });
    } else if (retained) left.push(retained);
    else go.push(each);
  }
  return { go, left };
}
