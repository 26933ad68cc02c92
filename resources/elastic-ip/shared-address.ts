import type { Ledger } from '../../aws/ledger/ledger.ts';
import { readSiteItem } from '../../aws/ledger/read-site.ts';
import { Failure } from '../../domain/errors.ts';
import { waitForLateInvocations } from '../../domain/ledger/late-invocations.ts';
import type { AddressUse } from '../../domain/servers/address-use.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import { isDeclared } from '../../domain/sites/life/states.ts';
import { passOwnership, type User } from './address-use.ts';

/**
 * Lets a site use the address of its instance that bears another site's tags: that one then passes it on instead of
 * releasing it, unless it is releasing it at this moment.
 *
 * @throws {Failure} "NotReady" while the other site may be releasing it, or has just done so
 */
export async function shareAddress(
  ledger: Ledger,
  {
    instanceId,
    domain,
    use,
    holder,
    address: { address, allocationId },
    settling,
  }: User & {
    use: AddressUse;
    /** The site whose tags the address bears. */
    holder: string;
    address: ElasticAddress;
    /** Whether EC2 may still return what has just been released. */
    settling: boolean;
  },
): Promise<void> {
  if (use.users.includes(holder)) return;
  const item = await readSiteItem(ledger, holder);
  if (item?.operation) {
    const message = `Waiting until the operation of the site "${holder}" has ended: it may release the address ${address}`;
    throw new Failure('NotReady', message);
  }
  const isLeft = item?.left?.some(({ id }) => id === allocationId) ?? false;
  if (item && !isDeclared(item) && !isLeft && settling) {
    const message = `Waiting until EC2 no longer returns the address ${address}: the site "${holder}" has been undone`;
    throw new Failure('NotReady', message);
  }
  // From now on that site finds in the ledger with whom it shares it.
  await passOwnership(ledger, { instanceId, from: domain, to: holder });
}

/**
 * Lets only the owner allocate an address and associate it: a second one that is associated with the instance would displace
 * the first. An owner without an operation, which does neither, is replaced.
 *
 * @throws {Failure} "NotReady" while the owner may do it
 */
export async function awaitOwner(
  ledger: Ledger,
  { instanceId, domain, use: { owner }, now }: User & { use: AddressUse; now: Date },
): Promise<void> {
  if (owner === domain) return;
  const item = await readSiteItem(ledger, owner);
  const waiting = new Failure(
    'NotReady',
    `Waiting until the site "${owner}" has given the instance "${instanceId}" an address: both share it`,
  );
  if (item?.operation) throw waiting;
  if (item) waitForLateInvocations(item, now);
  const use = await passOwnership(ledger, { instanceId, from: owner, to: domain });
  if (use?.owner !== domain) throw waiting;
}
