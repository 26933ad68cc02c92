import { EC2Client } from '@aws-sdk/client-ec2';
import { client, oneShotClient } from '../../aws/clients.ts';
import { allocateAddress } from '../../aws/servers/allocate-address.ts';
import { associateAddress } from '../../aws/servers/associate-address.ts';
import { describeInstance } from '../../aws/servers/describe-instance.ts';
import { listAddresses } from '../../aws/servers/list-addresses.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { waitedMs } from '../../domain/ledger/waited.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { type AddressLoss, lossInWords } from '../../domain/servers/address-loss.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import { UNSEEN_MS } from '../eventual-consistency.ts';
import { checkTenant } from '../instance/check-tenant.ts';
import type { Applied, Applying, Doing } from '../resource.ts';
import { joinAddressUse, type User } from './address-use.ts';
import { type DesiredAddress, insteadOf, type SeenAddresses, TYPE } from './changes.ts';
import { chooseAddress } from './choose-address.ts';
import { elasticIp } from './elastic-ip.ts';
import { awaitOwner, shareAddress } from './shared-address.ts';
import { standingAddresses } from './standing.ts';

/** Allocates an address unless one waits for the instance, and associates it. */
export const reserveAddress: Applying<DesiredAddress, SeenAddresses> = {
  standing: standingAddresses,

  async before({ scope, ledger }) {
    if (scope.site) await checkTenant(client(EC2Client), scope.site);
    // Before EC2 is read: a site that reads the ledger later does not release what is found here.
    await joinAddressUse(ledger, userOf(scope));
  },

  async apply({ verb, resource }, actual, doing) {
    const { scope, ledger } = doing;
    const user = userOf(scope);
    await awaitOwner(ledger, { ...user, use: await joinAddressUse(ledger, user), now: scope.now });
    if (verb === 'create') checkUnseen(doing);
    const waiting = actual.all.find(({ allocationId }) => allocationId === resource.id);
    await checkLoss(actual, waiting, doing);
    const address = waiting ?? (await allocate(doing));
    const lost = actual.loss?.address;
    if (lost !== undefined) await doing.keep({ ...made(address, user), lost });
    await associate({ address, ...user });
    return associated(actual, { address, ...user });
  },

  async after({ all }, { scope, ledger, previous, revision }) {
    const user = userOf(scope);
    const choice = chooseAddress(all, { ...user, owner: scope.owner });
    if (choice.act !== 'use' || choice.holder === undefined) return;
    const settling = waitedMs(previous, { revision, now: scope.now }) < UNSEEN_MS;
    const { holder, address } = choice;
    await shareAddress(ledger, { ...user, use: await joinAddressUse(ledger, user), holder, address, settling });
  },
};

function userOf(scope: Doing['scope']): User {
  const [desired] = elasticIp.desired(scope);
  if (!desired) throw new Error(`Cannot reserve an address for "${scope.owner.domain}": no name leads to its instance`);
  return { ...desired, domain: scope.owner.domain };
}

function associated(
  { all, ...actual }: SeenAddresses,
  { address, instanceId }: { address: ElasticAddress; instanceId: string },
): Applied<SeenAddresses> {
  const others = all.filter(({ allocationId }) => allocationId !== address.allocationId);
  return {
    actual: { ...actual, all: [...others, { ...address, instanceId }] },
    message: `Gave the instance "${instanceId}" the address ${address.address}${insteadOf(actual.loss?.address)}`,
  };
}

/** @throws {Failure} "NotReady" while EC2 may not show the address that an earlier run has allocated: another would be a second one */
function checkUnseen({ previous, revision, scope: { now } }: Doing): void {
  if (!mayHaveAllocated(previous, { revision, now })) return;
  const message = 'Waiting until EC2 would show an address that was allocated before the answer was lost';
  throw new Failure('NotReady', message);
}

function mayHaveAllocated(previous: Doing['previous'], at: { revision: number; now: Date }): boolean {
  if (previous?.revision !== at.revision) return false;
  const isRecent = ({ madeAt = '' }: Made) => at.now.getTime() - Date.parse(madeAt) < UNSEEN_MS;
  return waitedMs(previous, at) < UNSEEN_MS || previous.made.some(isRecent);
}

/**
 * Looks at what the instance is about to lose.
 *
 * @throws {Failure} "Conflict" while records lead to it and that is not approved; "NotReady" while the owner of its Elastic IP
 * is not known
 */
async function checkLoss(
  { loss }: SeenAddresses,
  waiting: ElasticAddress | undefined,
  { scope }: Doing,
): Promise<void> {
  const { instanceId } = userOf(scope);
  const instance = await describeInstance(client(EC2Client), instanceId);
  // DescribeInstances may return the instance's Elastic IP before DescribeAddresses does.
  if (waiting !== undefined && instance?.publicAddress === waiting.address) return;
  if (instance?.hasElasticAddress) {
    const message = `Waiting until DescribeAddresses returns the owner of the Elastic IP ${instance.publicAddress} of the instance "${instance.id}"`;
    throw new Failure('NotReady', message);
  }
  if (!loss || loss.records.length === 0 || isApproved(loss, scope)) return;
  const message = `Cannot associate an Elastic IP with the instance "${instanceId}": ${lossInWords(loss)}. Point them elsewhere, or declare the site again and approve what its answer lists`;
  throw new Failure('Conflict', message);
}

function isApproved({ address }: AddressLoss, { record }: Doing['scope']): boolean {
  return record?.item.operation?.loses?.includes(address) ?? false;
}

async function allocate({ scope, keep }: Doing): Promise<ElasticAddress> {
  const address = await allocateAddress(oneShotClient(EC2Client), ownerTags(scope.owner));
  await keep({ ...made(address, userOf(scope)), madeAt: scope.now.toISOString() });
  return address;
}

function made({ allocationId, address }: ElasticAddress, { instanceId }: User): Made {
  return { type: TYPE, id: allocationId, ours: true, detail: address, address, givenTo: instanceId };
}

async function associate({ address, instanceId }: { address: ElasticAddress; instanceId: string }): Promise<void> {
  await checkDisplaced({ address, instanceId });
  try {
    await associateAddress(client(EC2Client), { allocationId: address.allocationId, instanceId });
  } catch (error) {
    // Known a moment after it was allocated.
    if (error instanceof Error && error.name === 'InvalidAllocationID.NotFound') {
      throw new Failure('NotReady', `Waiting until EC2 finds the address ${address.address}`, { cause: error });
    }
    const fix = error instanceof Error ? FIXES.get(error.name) : undefined;
    if (!fix) throw error;
    const message = `Cannot give the instance "${instanceId}" the address ${address.address}: ${fix[1]}`;
    throw new Failure(fix[0], message, { cause: error });
  }
}

/**
 * Read again immediately before the call: another stack, or a person, may have associated an Elastic IP since, and EC2
 * disassociates that one without an error.
 *
 * @throws {Failure} "Conflict" when the instance has another Elastic IP
 */
async function checkDisplaced({ address, instanceId }: { address: ElasticAddress; instanceId: string }): Promise<void> {
  const ec2 = client(EC2Client);
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
