import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../aws/clients.ts';
import { disassociateAddress, releaseAddress as returnAddress } from '../../aws/servers/release-address.ts';
import { tagAddress, untagAddress } from '../../aws/servers/tag-address.ts';
import { Failure } from '../../domain/errors.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { ownerTags } from '../../domain/ownership.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import type { Applying, Doing } from '../resource.ts';
import { leaveAddressUse, useByOthers } from './address-use.ts';
import { type DesiredAddress, type SeenAddresses, TYPE } from './changes.ts';
import { instancesLeft, sharingInstance } from './elastic-ip.ts';
import { standingAddresses } from './standing.ts';

/**
 * Releases the addresses that no name of the site leads to any more, or passes them on to a site that shares them. The public
 * address that AWS gave the instance before cannot be had again.
 */
export const releaseAddress: Applying<DesiredAddress, SeenAddresses> = {
  standing: standingAddresses,

  unmark: ({ resource: { id = '' } }, _, { scope }) =>
    untagAddress(client(EC2Client), { allocationId: id, tags: ownerTags(scope.owner) }),

  async before({ scope, ledger }) {
    // Before the tags are read: a site that passes its address on to this one looks here once more after it has tagged it.
    for (const instanceId of instancesLeft(scope)) {
      await leaveAddressUse(ledger, { instanceId, domain: scope.owner.domain });
    }
  },

  async apply({ resource }, actual, doing) {
    const address = actual.all.find(({ allocationId }) => allocationId === resource.id);
    if (!address) throw new Error(`Cannot release the address "${resource.name}": it was not read`);
    const all = actual.all.filter((each) => each !== address);
    const heir = await passOn(address, doing);
    if (heir !== undefined) {
      return {
        actual: { ...actual, all },
        message: `Passed on the address ${address.address} to the site "${heir}", which uses it too`,
      };
    }
    await release(address);
    return { actual: { ...actual, all }, message: `Released the address ${address.address}${lossOf(address, doing)}` };
  },
};

function lossOf({ allocationId }: ElasticAddress, { scope: { record } }: Doing): string {
  const lost = record && madeOf(record, TYPE).find(({ id }) => id === allocationId)?.lost;
  return lost === undefined ? '' : ` (${lost}, which the instance had before it, cannot be had again)`;
}

async function release({ address, allocationId, associationId }: ElasticAddress): Promise<void> {
  const ec2 = client(EC2Client);
  try {
    if (associationId !== undefined) await disassociateAddress(ec2, associationId);
    await returnAddress(ec2, allocationId);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidIPAddress.InUse')) throw error;
    const message = `Waiting until EC2 has taken the address ${address} off its instance`;
    throw new Failure('NotReady', message, { cause: error });
  }
}

/** How often an address is passed on when the site that was to have it is undone at the same moment. */
const MOST_HEIRS = 5;

/** Tags the address as that of another site that shares it, and gives its domain; undefined when there is none. */
async function passOn(
  address: ElasticAddress,
  { ledger, scope: { record, owner } }: Doing,
): Promise<string | undefined> {
  if (!record) return undefined;
  const instanceId = sharingInstance(address, record);
  if (instanceId === undefined) return undefined;
  const user = { instanceId, domain: owner.domain };
  let tagged: string | undefined;
  for (let tries = 0; tries < MOST_HEIRS; tries += 1) {
    const heir = (await useByOthers(ledger, user))?.owner;
    if (heir === undefined || heir === tagged) return heir;
    const tags = ownerTags({ ...owner, domain: heir });
    await tagAddress(client(EC2Client), { allocationId: address.allocationId, tags });
    tagged = heir;
  }
  throw new Failure('Throttled', `Cannot pass on the address ${address.address}: the sites that share it are changing`);
}
