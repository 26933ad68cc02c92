import { EC2Client } from '@aws-sdk/client-ec2';
import { describeInstance } from '../../aws/servers/describe-instance.ts';
import { listAddresses } from '../../aws/servers/list-addresses.ts';
import { needsElasticIp } from '../../domain/edges/edge.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { instanceIdsOf, instanceOf } from '../../domain/origins/instance.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { AddressLoss } from '../../domain/servers/address-loss.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { useByOthers } from './address-use.ts';
import { addressChanges, addressHandle, type DesiredAddress, type SeenAddresses, TYPE, unwanted } from './changes.ts';
import { chooseAddress } from './choose-address.ts';
import { readAddressLoss } from './read-address-loss.ts';

/**
 * The address that stays, of an instance that a name leads to. Sites on one instance share it: the ledger says which of them
 * allocates it, and the last of them releases it.
 */
export const elasticIp: Resource<DesiredAddress, SeenAddresses, { address?: string }> = {
  type: TYPE,
  desired: ({ site }) => (site && needsElasticIp(site) ? [{ instanceId: instanceOf(site).id }] : []),
  read: readAddresses,
  changes: addressChanges,
  handles: addressHandle,
};

async function readAddresses(look: Look, scope: Scope): Promise<SeenAddresses> {
  const all = await listAddresses(look.clients(EC2Client));
  const [desired] = elasticIp.desired(scope);
  const choice = desired && chooseAddress(all, { ...desired, owner: scope.owner });
  const isGiven = look.phase !== 'release' && (choice?.act === 'allocate' || choice?.act === 'associate');
  const going = look.phase === 'prepare' ? [] : unwanted(all, choice, scope);
  const [heirs, loss] = await Promise.all([
    readHeirs(going, look, scope),
    isGiven && scope.site ? readLoss(scope.site, look) : undefined,
  ]);
  return { all, heirs, ...(loss && { loss }) };
}

async function readLoss(site: NonNullable<Scope['site']>, look: Look): Promise<AddressLoss | undefined> {
  const instance = await describeInstance(look.clients(EC2Client), instanceOf(site).id);
  return instance && readAddressLoss({ site, instance, ...look });
}

async function readHeirs(
  going: readonly ElasticAddress[],
  { ledger }: Look,
  { owner: { domain }, record }: Scope,
): Promise<Map<string, string>> {
  const heirs = new Map<string, string>();
  for (const address of going) {
    const instanceId = record && sharingInstance(address, record);
    const use = instanceId === undefined ? undefined : await useByOthers(ledger, { instanceId, domain });
    if (use) heirs.set(address.allocationId, use.owner);
  }
  return heirs;
}

/** The addresses that bear the site's tags, and those of other sites of the stack that it shares or has shared. */
export function siteAddresses(
  all: readonly ElasticAddress[],
  { record, owner }: Pick<Scope, 'record' | 'owner'>,
): ElasticAddress[] {
  const used = record ? addressesUsed(record).map(({ id }) => id) : [];
  return all.filter(
    ({ allocationId, tags }) =>
      isOwnedBy(owner, tags) || (tags['nameplate:stack'] === owner.stack && used.includes(allocationId)),
  );
}

/** The instances whose address the site uses or has used, except the one whose address it goes on using. */
export function instancesLeft(scope: Scope): string[] {
  const { record } = scope;
  if (!record) return [];
  const { site, live } = record.item;
  const declared = instanceIdsOf([site, ...(live ? [live] : [])]);
  const given = addressesUsed(record).flatMap(({ givenTo }) => givenTo ?? []);
  const goesOn = elasticIp.desired(scope).map(({ instanceId }) => instanceId);
  return [...new Set([...declared, ...given])].filter((id) => !goesOn.includes(id));
}

/** The instance whose sites share an address: where it is, or where it was given; undefined where neither is known. */
export function sharingInstance(
  { allocationId, instanceId }: Pick<ElasticAddress, 'allocationId' | 'instanceId'>,
  record: SiteRecord,
): string | undefined {
  const given = addressesUsed(record).find(({ id }) => id === allocationId)?.givenTo;
  return instanceId ?? given ?? instanceIdsOf([record.item.site])[0];
}

/** Ours and found. */
function addressesUsed({ steps }: Pick<SiteRecord, 'steps'>) {
  return steps.flatMap(({ made }) => made).filter(({ type }) => type === TYPE);
}
