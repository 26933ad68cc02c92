import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Left, SiteRecord } from '../../../aws/ledger/items.ts';
import { listAddresses } from '../../../aws/servers/list-addresses.ts';
import type { Kept } from '../../../domain/changes/kept.ts';
import { isOwnedBy } from '../../../domain/ownership.ts';
import type { ElasticAddress } from '../../../domain/servers/choose-address.ts';
import type { Leaving } from '../ledger/leaving.ts';
import { madeOf } from '../ledger/made-of.ts';

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
  const declared = [item.site, ...(item.live ? [item.live] : [])].map(({ origin }) => origin.instance.id);
  const given = addressesUsed({ steps }).flatMap(({ givenTo }) => givenTo ?? []);
  const all = new Set([...declared, ...given]);
  if (kept.address !== undefined) all.delete(item.site.origin.instance.id);
  return [...all];
}

/** The instance whose sites share an address: where it is, or where it was given. */
export function instanceOf(
  { allocationId, instanceId }: Pick<ElasticAddress, 'allocationId' | 'instanceId'>,
  record: SiteRecord,
): string {
  const given = addressesUsed(record).find(({ id }) => id === allocationId)?.givenTo;
  return instanceId ?? given ?? record.item.site.origin.instance.id;
}

/** Ours and found. */
function addressesUsed({ steps }: Pick<SiteRecord, 'steps'>) {
  return steps.flatMap(({ made }) => made).filter(({ type }) => type === TYPE);
}

/**
 * The addresses that bear the site's tags and are not kept: it releases them, or passes them on to a site that shares them.
 * One that was associated with another instance since is left.
 */
export function leavingAddresses(
  addresses: readonly ElasticAddress[],
  { record, owner, kept }: Leaving,
): { go: ElasticAddress[]; left: Left[] } {
  const ours = addresses.filter(({ address, tags }) => isOwnedBy(owner, tags) && address !== kept.address);
  const given = madeOf(record, TYPE);
  const isGivenByUs = ({ allocationId, instanceId }: ElasticAddress) =>
    instanceId === record.item.site.origin.instance.id ||
    given.some(({ id, givenTo }) => id === allocationId && givenTo !== undefined && givenTo === instanceId);
  const moved = ours.filter((each) => each.associationId !== undefined && !isGivenByUs(each));
  return {
    go: ours.filter((each) => !moved.includes(each)),
    left: moved.map(({ allocationId, address, instanceId }) => ({
      type: TYPE,
      id: allocationId,
      why: `${address} was given to ${instanceId ?? 'something else'} meanwhile. Take it off there, then undo again`,
    })),
  };
}
