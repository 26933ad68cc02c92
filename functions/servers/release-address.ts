import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../aws/clients.ts';
import type { Ledger } from '../../aws/ledger/ledger.ts';
import { disassociateAddress, releaseAddress } from '../../aws/servers/release-address.ts';
import { tagAddress } from '../../aws/servers/tag-address.ts';
import { Failure } from '../../domain/errors.ts';
import { keptBy } from '../../domain/ledger/kept-by.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { goneOf, madeOf } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import type { ElasticAddress } from '../../domain/servers/choose-address.ts';
import { leaveAddressUse, useByOthers } from '../shared/servers/address-use.ts';
import {
  instancesLeft,
  leavingAddresses,
  sharingInstance,
  siteAddresses,
} from '../shared/servers/leaving-addresses.ts';
import { step } from '../shared/steps/step.ts';

/**
 * Releases the Elastic IP addresses of ours that no name of the site leads to any more. One that other sites share is
 * passed on to one of them: the last releases it. The public address that AWS gave the instance before cannot be had again.
 */
export const handler = step('ReleaseAddress', async ({ site, record, environment, ledger }) => {
  const ec2 = client(EC2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const kept = keptBy(record);
  // Before the tags are read: a site that passes its address on to this one looks here once more after it has tagged it.
  for (const instanceId of instancesLeft(record, kept)) {
    await leaveAddressUse(ledger, { instanceId, domain: site.domain });
  }
  const { go, left } = leavingAddresses(await siteAddresses(ec2, { record, owner }), { record, owner, kept });
  const released: string[] = [];
  const passed: string[] = [];
  for (const each of go) {
    const heir = await passOn(ec2, each, { ledger, record, owner });
    if (heir !== undefined) passed.push(`${each.address} to the site "${heir}", which uses it too`);
    else {
      await release(ec2, each);
      const lost = madeOf(record, 'elastic address').find(({ id }) => id === each.allocationId)?.lost;
      released.push(
        lost === undefined
          ? each.address
          : `${each.address} (${lost}, which the instance had before it, cannot be had again)`,
      );
    }
  }
  const stays = madeOf(record, 'elastic address').filter((made) => addressOf(made) === kept.address);
  return {
    gone: goneOf(
      record,
      'elastic address',
      [...stays, ...left].map(({ id }) => id),
    ),
    output: { left },
    message: sentence({ released, passed }),
  };
});

/** Ledgers of versions that had no field for it have it in `detail`. */
const addressOf = ({ address, detail }: Made): string | undefined => address ?? detail;

async function release(ec2: EC2Client, { address, allocationId, associationId }: ElasticAddress): Promise<void> {
  try {
    if (associationId !== undefined) await disassociateAddress(ec2, associationId);
    await releaseAddress(ec2, allocationId);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidIPAddress.InUse')) throw error;
    throw new Failure('NotReady', `Waiting until EC2 has taken the address ${address} off its instance`, {
      cause: error,
    });
  }
}

/** How often an address is passed on when the site that was to have it is undone at the same moment. */
const MOST_HEIRS = 5;

/** Tags the address as that of another site that shares it, and gives its domain; undefined when there is none. */
async function passOn(
  ec2: EC2Client,
  address: ElasticAddress,
  { ledger, record, owner }: { ledger: Ledger; record: SiteRecord; owner: Owner },
): Promise<string | undefined> {
  const user = { instanceId: sharingInstance(address, record), domain: owner.domain };
  let tagged: string | undefined;
  for (let tries = 0; tries < MOST_HEIRS; tries += 1) {
    const heir = (await useByOthers(ledger, user))?.owner;
    if (heir === undefined || heir === tagged) return heir;
    const tags = ownerTags({ ...owner, domain: heir });
    await tagAddress(ec2, { allocationId: address.allocationId, tags });
    tagged = heir;
  }
  throw new Failure('Throttled', `Cannot pass on the address ${address.address}: the sites that share it are changing`);
}

function sentence({ released, passed }: { released: string[]; passed: string[] }): string {
  const parts = [
    ...(released.length > 0 ? [`Released the address ${released.join(', ')}`] : []),
    ...passed.map((each) => `Passed on the address ${each}`),
  ];
  return parts.join('; ') || 'No address of ours is to be released';
}
