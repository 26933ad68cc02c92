import { isOwnedBy, type Owner, whoseItIs } from '../../domain/ownership.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';

export type AddressChoice =
  /** It is the instance's already: ours, another site's of this stack that shares it (`holder`), or of no site. */
  | { act: 'use'; address: ElasticAddress; ours: boolean; holder?: string }
  /** It is the instance's, and another stack's, whose ledger cannot be asked who uses it. */
  | { act: 'conflict'; address: ElasticAddress; message: string }
  /** We allocated it before; it has yet to be associated. */
  | { act: 'associate'; address: ElasticAddress }
  | { act: 'allocate' };

/**
 * Which address the instance gets: the one it has, unless another stack would release it; else one that was allocated for
 * this site and is not associated; else a new one. An address of another owner is never moved.
 */
export function chooseAddress(
  addresses: readonly ElasticAddress[],
  { instanceId, owner }: { instanceId: string; owner: Owner },
): AddressChoice {
  const standing = addresses.find((address) => address.instanceId === instanceId);
  if (standing) return standingChoice(standing, { instanceId, owner });
  const waiting = addresses.find((address) => address.instanceId === undefined && isOwnedBy(owner, address.tags));
  return waiting ? { act: 'associate', address: waiting } : { act: 'allocate' };
}

function standingChoice(
  address: ElasticAddress,
  { instanceId, owner }: { instanceId: string; owner: Owner },
): AddressChoice {
  const { tags } = address;
  const holder = tags['nameplate:site'];
  if (isOwnedBy(owner, tags)) return { act: 'use', address, ours: true };
  if (holder === undefined) return { act: 'use', address, ours: false };
  if (tags['nameplate:stack'] === owner.stack) return { act: 'use', address, ours: false, holder };
  const message = `Cannot use the address ${address.address} of the instance "${instanceId}": ${whoseItIs(tags)}, which releases it with that site. Give the instance an Elastic IP of your own instead, or declare the site in that stack; then declare it again`;
  return { act: 'conflict', address, message };
}
