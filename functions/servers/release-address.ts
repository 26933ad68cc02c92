import { EC2Client } from '@aws-sdk/client-ec2';
import { client, oneShotClient } from '../../aws/clients.ts';
import type { Left } from '../../aws/ledger/items.ts';
import { listAddresses } from '../../aws/servers/list-addresses.ts';
import { disassociateAddress, releaseAddress } from '../../aws/servers/release-address.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import { madeOf } from '../made-of.ts';
import { step } from '../step.ts';

/**
 * Takes the Elastic IP address that we allocated off the instance and gives it back. The address that the instance had
 * before us, when it was one of Amazon's, can't be had again: EC2 gives it another.
 */
export const handler = step('ReleaseAddress', async ({ site, record, environment }) => {
  const ec2 = client(EC2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const tagged = await listAddresses(ec2, { filter: 'tag:nameplate:site', value: site.domain });
  const released: string[] = [];
  const left: Left[] = [];
  for (const { tags, allocationId, address, instanceId, associationId } of tagged) {
    if (!isOwnedBy(owner, tags)) continue;
    if (associationId !== undefined && instanceId !== site.origin.instance.id) {
      const why = `${address} was given to ${instanceId ?? 'something else'} meanwhile. Take it off there, then undo again`;
      left.push({ type: 'elastic address', id: allocationId, why });
      continue;
    }
    if (associationId !== undefined) await disassociateAddress(ec2, associationId);
    // Sent once: what is gone has no tags to be allowed by, and a client that repeats itself would be denied.
    await releaseAddress(oneShotClient(EC2Client), allocationId);
    released.push(address);
  }
  return {
    gone: madeOf(record, 'elastic address').filter(({ id }) => !left.some((each) => each.id === id)),
    output: { left },
    message: released.length > 0 ? `Gave back the address ${released.join(', ')}` : 'No address of ours is held',
  };
});
