import { isOwnedBy, type Owner } from '../ownership.ts';

/** An Elastic IP address of the account. */
export interface ElasticAddress {
  allocationId: string;
  address: string;
  /** The instance it is associated with. */
  instanceId?: string;
  associationId?: string;
  tags: Record<string, string>;
}

export type AddressChoice =
  /** It is the instance's already, ours or not. */
  | { act: 'use'; address: ElasticAddress; ours: boolean }
  /** We allocated it before; it has yet to be associated. */
  | { act: 'associate'; address: ElasticAddress }
  | { act: 'allocate' };

/**
 * Which address the instance gets: the one it has, whoever gave it; else one that was allocated for this site and waits;
 * else a new one. An address of somebody else is never moved.
 */
export function chooseAddress(
  addresses: readonly ElasticAddress[],
  { instanceId, owner }: { instanceId: string; owner: Owner },
): AddressChoice {
  const standing = addresses.find((address) => address.instanceId === instanceId);
  if (standing) return { act: 'use', address: standing, ours: isOwnedBy(owner, standing.tags) };
  const waiting = addresses.find((address) => address.instanceId === undefined && isOwnedBy(owner, address.tags));
  return waiting ? { act: 'associate', address: waiting } : { act: 'allocate' };
}
