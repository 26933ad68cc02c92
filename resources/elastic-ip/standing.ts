import type { Made } from '../../domain/ledger/made.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import type { Scope } from '../resource.ts';
import { type DesiredAddress, type SeenAddresses, TYPE, unwanted } from './changes.ts';
import { chooseAddress } from './choose-address.ts';

/** The address in use, ours or not, and those of the site that are retained. */
export function standingAddresses(
  [desired]: readonly DesiredAddress[],
  { all, loss }: SeenAddresses,
  scope: Scope,
): Made[] {
  const choice = desired && chooseAddress(all, { ...desired, owner: scope.owner });
  const retained = unwanted(all, choice, scope).map((each) => madeFrom(each, { ours: true }));
  if (!choice || choice.act === 'allocate' || choice.act === 'conflict') return retained;
  const ours = isOwnedBy(scope.owner, choice.address.tags);
  const { instanceId } = desired;
  return [madeFrom(choice.address, { ours, givenTo: instanceId, lost: loss?.address }), ...retained];
}

function madeFrom(
  { allocationId: id, address }: ElasticAddress,
  { lost, ...whoseItIs }: { ours: boolean; givenTo?: string; lost?: string | undefined },
): Made {
  return { type: TYPE, id, detail: address, address, ...whoseItIs, ...(lost !== undefined && { lost }) };
}
