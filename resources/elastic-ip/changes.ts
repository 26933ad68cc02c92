import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { standIn } from '../../domain/changes/stand-in.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { instanceIdsOf } from '../../domain/origins/instance.ts';
import { isOwnedBy, ownerTags } from '../../domain/ownership.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import { type AddressLoss, lossInWords } from '../../domain/servers/address-loss.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import type { Scope } from '../resource.ts';
import { type AddressChoice, chooseAddress } from './choose-address.ts';

export const TYPE = 'elastic address';

/** The instance whose address is to stay. */
export interface DesiredAddress {
  instanceId: string;
}

export interface SeenAddresses {
  /** All of the region. */
  all: readonly ElasticAddress[];
  /** The sites that go on using an address which this one releases, by its allocation id: it is passed on to them. */
  heirs: ReadonlyMap<string, string>;
  /** What the instance loses when it is given an address. */
  loss?: AddressLoss;
}

/** What stands in a plan for an address that isn't allocated yet. */
const NEW_ADDRESS = standIn('address');

export function addressChanges(
  [desired]: readonly DesiredAddress[],
  { all, heirs, loss }: SeenAddresses,
  scope: Scope,
): Change[] {
  const choice = desired && chooseAddress(all, { ...desired, owner: scope.owner });
  return [
    ...(choice ? inPhase('prepare', [addressChange(choice, { ...desired, loss, scope })]) : []),
    ...inPhase(
      'release',
      unwanted(all, choice, scope).map((each) => released(each, { heir: heirs.get(each.allocationId), scope })),
    ),
  ];
}

function addressChange(
  choice: AddressChoice,
  { instanceId, loss, scope: { owner, record } }: DesiredAddress & { loss: AddressLoss | undefined; scope: Scope },
): Unphased {
  const before = loss ? { publicAddress: loss.address, records: loss.records } : {};
  const lost = loss ? `. ${lossInWords(loss)}` : '';
  if (choice.act === 'allocate') {
    const after = { instanceId, tags: ownerTags(owner) };
    const message = `Allocate an address that stays and give it to the instance "${instanceId}"${lost}`;
    return { verb: 'create', resource: { type: TYPE, name: NEW_ADDRESS }, ...(loss && { before }), after, message };
  }
  const { address, allocationId, tags } = choice.address;
  const resource: ResourceRef = { type: TYPE, name: address, id: allocationId };
  if (choice.act === 'conflict') {
    return { verb: 'conflict', resource, before: { instanceId, tags }, message: choice.message };
  }
  if (choice.act === 'use') {
    const message = `The instance "${instanceId}" has the address ${address}${whose(choice)}${insteadOf(lostFor(allocationId, record))}`;
    const { holder } = choice;
    return kept(resource, { instanceId, ...(holder !== undefined && { holder }) }, message);
  }
  const message = `Give the instance "${instanceId}" the address ${address}, which waits for it${lost}`;
  return { verb: 'update', resource, before, after: { instanceId }, message };
}

/** What the instance has lost by the address, as the ledger has it. */
function lostFor(id: string, record: SiteRecord | undefined): string | undefined {
  return record && madeOf(record, TYPE).find((made) => made.id === id)?.lost;
}

/** The end of a sentence about an address in place of the one that AWS had assigned. */
export function insteadOf(lost: string | undefined): string {
  return lost === undefined ? '' : `; AWS released its address ${lost} for good, and no undo brings it back`;
}

/** Whose the address is, for the end of a sentence about it. */
function whose({ ours, holder }: { ours: boolean; holder?: string }): string {
  if (ours) return '';
  if (holder === undefined) return ', which is yours and stays yours';
  return `, which the site "${holder}" uses too: it is released with the last of the sites that share it`;
}

/** The site's own addresses that its document does not use. */
export function unwanted(
  all: readonly ElasticAddress[],
  choice: AddressChoice | undefined,
  { owner }: Pick<Scope, 'owner'>,
): ElasticAddress[] {
  const used = choice && choice.act !== 'allocate' ? choice.address.allocationId : undefined;
  return all.filter(({ allocationId, tags }) => isOwnedBy(owner, tags) && allocationId !== used);
}

/** It is released, or passed on to a site that shares it; retained where it was moved meanwhile, or others' records lead to it. */
function released(each: ElasticAddress, { heir, scope }: { heir: string | undefined; scope: Scope }): Unphased {
  const { allocationId: id, address, associationId, instanceId, tags } = each;
  const resource: ResourceRef = { type: TYPE, name: address, id };
  const approved = scope.retained.find((obstacle) => obstacle.id === id);
  if (associationId !== undefined && !isGivenByUs(each, scope.record)) {
    const to = instanceId ?? 'another network interface';
    const message = `${address} was moved to ${to} (${associationId}). Disassociate it there, ${THEN_AGAIN}`;
    return { verb: 'retain', resource, message };
  }
  if (approved) return { verb: 'retain', resource, message: approved.why };
  const before = { ...(instanceId !== undefined && { instanceId }) };
  if (heir === undefined) {
    return {
      verb: 'delete',
      resource,
      before,
      message: `Release the address ${address}: no name leads there any more`,
    };
  }
  const message = `Pass the address ${address} on to the site "${heir}", which uses it too`;
  const after = { ...before, tags: { ...tags, 'nameplate:site': heir } };
  return { verb: 'update', resource, before: { ...before, tags }, after, message };
}

function isGivenByUs({ allocationId, instanceId }: ElasticAddress, record: SiteRecord | undefined): boolean {
  if (!record || instanceId === undefined) return false;
  const given = madeOf(record, TYPE).some(({ id, givenTo }) => id === allocationId && givenTo === instanceId);
  return given || instanceIdsOf([record.item.site]).includes(instanceId);
}

/** The address that names are to lead to, and in a plan the words that stand for it; nothing where no name leads to the instance. */
export function addressHandle(
  [desired]: readonly DesiredAddress[],
  seen: SeenAddresses | undefined,
  { owner }: Scope,
): { address?: string } {
  if (!desired || !seen) return {};
  const choice = chooseAddress(seen.all, { ...desired, owner });
  return { address: choice.act === 'allocate' ? NEW_ADDRESS : choice.address.address };
}
