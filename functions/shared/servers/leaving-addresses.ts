import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Left } from '../../../aws/ledger/items.ts';
import { listAddresses } from '../../../aws/servers/list-addresses.ts';
import { isOwnedBy, type Owner } from '../../../domain/ownership.ts';
import type { ElasticAddress } from '../../../domain/servers/choose-address.ts';
import type { Leaving } from '../ledger/leaving.ts';
import { madeOf } from '../ledger/made-of.ts';

/** The addresses that say that they are the site's own. */
export async function ownAddresses(ec2: EC2Client, owner: Owner): Promise<ElasticAddress[]> {
  return (await listAddresses(ec2)).filter(({ tags }) => isOwnedBy(owner, tags));
}

/** Those of them that were allocated for the site and are not kept; one that somebody has given to something else is left. */
export function leavingAddresses(
  own: readonly ElasticAddress[],
  { record, kept }: Omit<Leaving, 'owner'>,
): { go: ElasticAddress[]; left: Left[] } {
  const ours = own.filter(({ address }) => address !== kept.address);
  const given = madeOf(record, 'elastic address');
  const isGivenByUs = ({ allocationId, instanceId }: ElasticAddress) =>
    instanceId === record.item.site.origin.instance.id ||
    given.some(({ id, givenTo }) => id === allocationId && givenTo !== undefined && givenTo === instanceId);
  const moved = ours.filter((each) => each.associationId !== undefined && !isGivenByUs(each));
  return {
    go: ours.filter((each) => !moved.includes(each)),
    left: moved.map(({ allocationId, address, instanceId }) => ({
      type: 'elastic address',
      id: allocationId,
      why: `${address} was given to ${instanceId ?? 'something else'} meanwhile. Take it off there, then undo again`,
    })),
  };
}
