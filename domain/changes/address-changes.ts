import { type Owner, ownerTags } from '../ownership.ts';
import { chooseAddress, type ElasticAddress } from '../servers/choose-address.ts';
import { type Change, kept } from './change.ts';

/** What stands in a plan for an address that isn't allocated yet. */
export const NEW_ADDRESS = '(new address)';

/** What the step "ReserveAddress" does, and the address that records are to lead to. */
export function addressChange(
  addresses: readonly ElasticAddress[],
  { instanceId, owner }: { instanceId: string; owner: Owner },
): { change: Change; address: string } {
  const type = 'elastic address';
  const choice = chooseAddress(addresses, { instanceId, owner });
  if (choice.act === 'allocate') {
    const after = { instanceId, tags: ownerTags(owner) };
    const message = `Allocate an address that stays and give it to the instance "${instanceId}"`;
    return { change: { verb: 'create', target: { type, name: NEW_ADDRESS }, after, message }, address: NEW_ADDRESS };
  }
  const { address, allocationId } = choice.address;
  const target = { type, name: address, id: allocationId };
  if (choice.act === 'use') {
    const whose = choice.ours ? '' : ', which is yours and stays yours';
    const message = `The instance "${instanceId}" has the address ${address}${whose}`;
    return { change: kept(target, { instanceId }, message), address };
  }
  const message = `Give the instance "${instanceId}" the address ${address}, which waits for it`;
  return { change: { verb: 'update', target, before: {}, after: { instanceId }, message }, address };
}
