import { type Owner, ownerTags } from '../ownership.ts';
import { type AddressLoss, lossInWords } from '../servers/address-loss.ts';
import { chooseAddress, type ElasticAddress } from '../servers/choose-address.ts';
import { kept, type ResourceRef, type Unphased } from './change.ts';

/** What stands in a plan for an address that isn't allocated yet. */
export const NEW_ADDRESS = '(new address)';

/** What the step "ReserveAddress" does, and the address that records are to lead to. */
export function addressChange(
  addresses: readonly ElasticAddress[],
  { instanceId, owner, loss }: { instanceId: string; owner: Owner; loss?: AddressLoss | undefined },
): { change: Unphased; address: string } {
  const type = 'elastic address' as const;
  const choice = chooseAddress(addresses, { instanceId, owner });
  const before = loss ? { publicAddress: loss.address, records: loss.records } : {};
  const lost = loss ? `. ${lossInWords(loss)}` : '';
  if (choice.act === 'allocate') {
    const after = { instanceId, tags: ownerTags(owner) };
    const message = `Allocate an address that stays and give it to the instance "${instanceId}"${lost}`;
    const resource: ResourceRef = { type, name: NEW_ADDRESS };
    return { change: { verb: 'create', resource, ...(loss && { before }), after, message }, address: NEW_ADDRESS };
  }
  const { address, allocationId } = choice.address;
  const resource: ResourceRef = { type, name: address, id: allocationId };
  if (choice.act === 'conflict') {
    const { tags } = choice.address;
    return { change: { verb: 'conflict', resource, before: { instanceId, tags }, message: choice.message }, address };
  }
  if (choice.act === 'use') {
    const message = `The instance "${instanceId}" has the address ${address}${whoseAddress(choice)}`;
    const { holder } = choice;
    return { change: kept(resource, { instanceId, ...(holder !== undefined && { holder }) }, message), address };
  }
  const message = `Give the instance "${instanceId}" the address ${address}, which waits for it${lost}`;
  return { change: { verb: 'update', resource, before, after: { instanceId }, message }, address };
}

/** Whose the address is, for the end of a sentence about it. */
export function whoseAddress({ ours, holder }: { ours: boolean; holder?: string }): string {
  if (ours) return '';
  if (holder === undefined) return ', which is yours and stays yours';
  return `, which the site "${holder}" uses too: it is released with the last of the sites that share it`;
}
