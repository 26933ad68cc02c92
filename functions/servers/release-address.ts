import { EC2Client } from '@aws-sdk/client-ec2';
import { client } from '../../aws/clients.ts';
import { disassociateAddress, releaseAddress } from '../../aws/servers/release-address.ts';
import { keptBy } from '../shared/ledger/kept-by.ts';
import { goneOf, madeOf } from '../shared/ledger/made-of.ts';
import { leavingAddresses, ownAddresses } from '../shared/servers/leaving-addresses.ts';
import { step } from '../shared/steps/step.ts';

/**
 * Takes the Elastic IP addresses that we allocated and that no name is to lead to any more off their instances and gives
 * them back. The address that an instance had before us, when it was one of Amazon's, can't be had again: EC2 gives it another.
 */
export const handler = step('ReleaseAddress', async ({ site, record, environment }) => {
  const ec2 = client(EC2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const kept = keptBy(record);
  const { go, left } = leavingAddresses(await ownAddresses(ec2, owner), { record, kept });
  for (const { allocationId, associationId } of go) {
    if (associationId !== undefined) await disassociateAddress(ec2, associationId);
    await releaseAddress(ec2, allocationId);
  }
  const stays = madeOf(record, 'elastic address').filter(({ detail }) => detail === kept.address);
  return {
    gone: goneOf(
      record,
      'elastic address',
      [...stays, ...left].map(({ id }) => id),
    ),
    output: { left },
    message:
      go.length > 0
        ? `Gave back the address ${go.map(({ address }) => address).join(', ')}`
        : 'No address of ours is to go',
  };
});
