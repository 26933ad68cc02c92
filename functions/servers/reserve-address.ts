import { EC2Client } from '@aws-sdk/client-ec2';
import { client, oneShotClient } from '../../aws/clients.ts';
import { oneLook } from '../../aws/one-look.ts';
import { allocateAddress } from '../../aws/servers/allocate-address.ts';
import { associateAddress } from '../../aws/servers/associate-address.ts';
import { describeInstance } from '../../aws/servers/describe-instance.ts';
import { listAddresses } from '../../aws/servers/list-addresses.ts';
import { whoseAddress } from '../../domain/changes/address-changes.ts';
import { needsElasticIp } from '../../domain/edges/edge.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import type { StepItem } from '../../domain/ledger/step-item.ts';
import { instanceOf } from '../../domain/origins/instance.ts';
import { isOwnedBy, type Owner, ownerTags } from '../../domain/ownership.ts';
import { type AddressLoss, lossInWords } from '../../domain/servers/address-loss.ts';
import { chooseAddress, type ElasticAddress } from '../../domain/servers/choose-address.ts';
import { readAddressLoss } from '../shared/servers/address-loss.ts';
import { joinAddressUse } from '../shared/servers/address-use.ts';
import { checkTenant } from '../shared/servers/check-tenant.ts';
import { awaitOwner, shareAddress } from '../shared/servers/shared-address.ts';
import { UNSEEN_MS } from '../shared/steps/eventual-consistency.ts';
import { type StepContext, step } from '../shared/steps/step.ts';
import { waitedMs } from '../shared/steps/waited.ts';

/**
 * Gives the instance an address that stays, when a name is to lead to the instance itself. Sites on one instance share it:
 * the ledger says which of them allocates it, and the last of them releases it.
 */
export const handler = step('ReserveAddress', async ({ site, item, environment, previous, now, keep, ledger }) => {
  if (!needsElasticIp(site)) {
    return { output: {}, message: 'No name leads to the instance itself: it needs no address of its own' };
  }
  const ec2 = client(EC2Client);
  await checkTenant(ec2, site);
  const owner = { domain: site.domain, stack: environment.stackName };
  const { id: instanceId } = instanceOf(site);
  const user = { instanceId, domain: owner.domain };
  // Before EC2 is read: a site that reads the ledger later does not release what is found here.
  const use = await joinAddressUse(ledger, user);
  const choice = chooseAddress(await candidates(ec2, { instanceId, owner }), { instanceId, owner });
  if (choice.act === 'conflict') throw new Failure('Conflict', choice.message);
  if (choice.act === 'use') {
    const { address, ours, holder } = choice;
    const settling = waitedMs(previous, { revision: item.revision, now }) < UNSEEN_MS;
    if (holder !== undefined) await shareAddress(ledger, { ...user, use, holder, address, settling });
    return result(address, {
      ours,
      givenTo: instanceId,
      lost: lostFor(previous, address),
      message: `The instance "${instanceId}" has the address ${address.address}${whoseAddress(choice)}`,
    });
  }
  await awaitOwner(ledger, { ...user, use, now });
  if (choice.act === 'allocate' && mayHaveAllocated(previous, { revision: item.revision, now })) {
    throw new Failure(
      'NotReady',
      'Waiting until EC2 would show an address that was allocated before the answer was lost',
    );
  }
  const loss = await lossOf(ec2, { site, item, environment }, choice.act === 'associate' ? choice.address : undefined);
  const address = choice.act === 'associate' ? choice.address : await allocate({ owner, keep, instanceId, now });
  const lost = loss?.address;
  if (lost !== undefined) await keep(made(address, { ours: true, givenTo: instanceId, lost }));
  await associate(ec2, { address, instanceId });
  return result(address, {
    ours: true,
    givenTo: instanceId,
    lost,
    message: `Gave the instance "${instanceId}" the address ${address.address}`,
  });
});

/**
 * The public address that the instance is about to lose, read before another one is associated.
 *
 * @throws {Failure} "Conflict" while records lead to it and that is not approved; "NotReady" while the owner of its Elastic IP
 * is not known
 */
async function lossOf(
  ec2: EC2Client,
  { site, item, environment }: Pick<StepContext, 'site' | 'item' | 'environment'>,
  waiting: ElasticAddress | undefined,
): Promise<AddressLoss | undefined> {
  const instance = await describeInstance(ec2, instanceOf(site).id);
  // DescribeInstances may return the instance's Elastic IP before DescribeAddresses does.
  if (waiting !== undefined && instance?.publicAddress === waiting.address) return undefined;
  if (instance?.hasElasticAddress) {
    const message = `Waiting until DescribeAddresses returns the owner of the Elastic IP ${instance.publicAddress} of the instance "${instance.id}"`;
    throw new Failure('NotReady', message);
  }
  const loss = instance && (await readAddressLoss({ site, instance, environment, clients: oneLook() }));
  if (!loss || loss.records.length === 0 || item.operation?.loses?.includes(loss.address)) return loss;
  const message = `Cannot associate an Elastic IP with the instance "${loss.instanceId}": ${lossInWords(loss)}. Point them elsewhere, or declare the site again and approve what its answer lists`;
  throw new Failure('Conflict', message);
}

/** What an earlier run of this step knew that the instance would lose by the address. */
function lostFor(previous: StepItem | undefined, { allocationId }: ElasticAddress): string | undefined {
  return previous?.made.find(({ id }) => id === allocationId)?.lost;
}

/** Whether an earlier run of this revision may have allocated an address that EC2 does not show yet. */
function mayHaveAllocated(previous: StepItem | undefined, at: { revision: number; now: Date }): boolean {
  if (previous?.revision !== at.revision) return false;
  const isRecent = ({ madeAt = '' }: Made) => at.now.getTime() - Date.parse(madeAt) < UNSEEN_MS;
  return waitedMs(previous, at) < UNSEEN_MS || previous.made.some(isRecent);
}

/** The instance's own, and what was allocated for this site. */
async function candidates(
  ec2: EC2Client,
  { instanceId, owner }: { instanceId: string; owner: Owner },
): Promise<ElasticAddress[]> {
  const [own, tagged] = await Promise.all([
    listAddresses(ec2, { filter: 'instance-id', value: instanceId }),
    listAddresses(ec2, { filter: 'tag:nameplate:site', value: owner.domain }),
  ]);
  return [...own, ...tagged.filter(({ tags }) => isOwnedBy(owner, tags))];
}

async function allocate({
  owner,
  keep,
  instanceId,
  now,
}: {
  owner: Owner;
  keep: StepContext['keep'];
  instanceId: string;
  now: Date;
}): Promise<ElasticAddress> {
  const address = await allocateAddress(oneShotClient(EC2Client), ownerTags(owner));
  await keep({ ...made(address, { ours: true, givenTo: instanceId }), madeAt: now.toISOString() });
  return address;
}

async function associate(
  ec2: EC2Client,
  { address, instanceId }: { address: ElasticAddress; instanceId: string },
): Promise<void> {
  await checkDisplaced(ec2, { address, instanceId });
  try {
    await associateAddress(ec2, { allocationId: address.allocationId, instanceId });
  } catch (error) {
    // Known a moment after it was allocated.
    if (error instanceof Error && error.name === 'InvalidAllocationID.NotFound') {
      throw new Failure('NotReady', `Waiting until EC2 finds the address ${address.address}`, { cause: error });
    }
    const fix = error instanceof Error ? FIXES.get(error.name) : undefined;
    if (!fix) throw error;
    throw new Failure(fix[0], `Cannot give the instance "${instanceId}" the address ${address.address}: ${fix[1]}`, {
      cause: error,
    });
  }
}

/**
 * Read again immediately before the call: another stack, or a person, may have associated an Elastic IP since, and EC2
 * disassociates that one without an error.
 *
 * @throws {Failure} "Conflict" when the instance has another Elastic IP
 */
async function checkDisplaced(
  ec2: EC2Client,
  { address, instanceId }: { address: ElasticAddress; instanceId: string },
): Promise<void> {
  const [listed, instance] = await Promise.all([
    listAddresses(ec2, { filter: 'instance-id', value: instanceId }),
    describeInstance(ec2, instanceId),
  ]);
  const shown = instance?.hasElasticAddress ? instance.publicAddress : undefined;
  const displaced = [...listed.map((one) => one.address), shown].find((one) => one && one !== address.address);
  if (displaced === undefined) return;
  const message = `Cannot associate ${address.address} with the instance "${instanceId}": the Elastic IP ${displaced} was associated with it meanwhile, and would be disassociated. Declare the site again to use that address, or disassociate it first (aws ec2 disassociate-address)`;
  throw new Failure('Conflict', message);
}

/** Source: EC2 API Reference, "Error codes", checked 2026-11-22. */
const FIXES = new Map<string, ['Conflict' | 'Misconfigured', string]>([
  [
    'Resource.AlreadyAssociated',
    [
      'Conflict',
      'the address or the instance got another association meanwhile. Disassociate that (aws ec2 disassociate-address), then declare the site again',
    ],
  ],
  [
    'Gateway.NotAttached',
    ['Misconfigured', 'its VPC has no internet gateway. Attach one, then declare the site again'],
  ],
  [
    'InvalidInstanceID.NotFound',
    ['Misconfigured', 'the instance does not exist any more. Declare the site again with another instance'],
  ],
]);

interface Whose {
  ours: boolean;
  givenTo: string;
  /** The auto-assigned address that the instance had before. */
  lost?: string | undefined;
}

function result(
  address: ElasticAddress,
  { message, ...whose }: Whose & { message: string },
): { made: Made[]; output: { address: string }; message: string } {
  const { lost } = whose;
  const instead = lost === undefined ? '' : `; AWS released its address ${lost} for good, and no undo brings it back`;
  return { made: [made(address, whose)], output: { address: address.address }, message: `${message}${instead}` };
}

function made({ allocationId, address }: ElasticAddress, { lost, ...whose }: Whose): Made {
  return {
    type: 'elastic address',
    id: allocationId,
    detail: address,
    address,
    ...whose,
    ...(lost !== undefined && { lost }),
  };
}
