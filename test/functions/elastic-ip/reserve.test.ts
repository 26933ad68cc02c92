import {
  type Address,
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/resources/elastic-ip.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  event as anEvent,
  awsError,
  context,
  domain,
  givenSite,
  givenStep,
  mutations,
  ownTags,
  theStep,
} from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'prepare' as const };
const ec2 = mockClient(EC2Client);
const route53 = mockClient(Route53Client);
const InstanceId = 'i-0123456789abcdef0';
const directName = `direct.${domain}`;
beforeEach(() => {
  ec2.reset();
  route53.reset();
  ec2.on(DescribeInstancesCommand).resolves({});
});

/** The account's addresses, all of them or those of one instance. */
function having(...addresses: Address[]): void {
  ec2.on(DescribeAddressesCommand).callsFake(({ Filters: [filter] = [] }) => ({
    Addresses: addresses.filter(({ InstanceId: on }) => !filter || on === filter.Values[0]),
  }));
  ec2.on(AllocateAddressCommand).resolves({ AllocationId: 'eipalloc-9', PublicIp: '203.0.113.9' });
  ec2.on(AssociateAddressCommand).resolves({});
}

describe('ReserveAddress', () => {
  test('asks nothing when no name leads to the instance itself', async () => {
    await givenSite(ledger);
    expect(await handler(event, context)).toEqual({});
    expect(ec2.calls()).toHaveLength(0);
  });

  test.each([
    ['globex', ['Misconfigured', []]],
    ['acme', [{ address: '203.0.113.9' }, ['AllocateAddress', 'AssociateAddress']]],
  ])("B4: gives an address to the tenant's own instance alone: tagged %s", async (Value, expected) => {
    await givenSite(ledger, { site: { edge: 'direct', tenant: 'acme' } });
    having();
    const Tags = [{ Key: 'nameplate:tenant', Value }];
    const Instances = [{ InstanceId, State: { Name: 'running' as const }, Tags }];
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances }] });
    const outcome = await handler(event, context).catch(({ name }: Error) => name);
    expect([outcome, mutations(ec2)]).toEqual(expected);
  });

  test('allocates an address with our tags and gives it to the instance', async () => {
    await givenSite(ledger, { site: { directName } });
    having();
    expect(await handler(event, context)).toEqual({ address: '203.0.113.9' });
    expect(ec2.commandCalls(AllocateAddressCommand)[0]?.args[0].input).toEqual({
      Domain: 'vpc',
      TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: ownTags }],
    });
    expect(ec2.commandCalls(AssociateAddressCommand)[0]?.args[0].input).toEqual({
      AllocationId: 'eipalloc-9',
      InstanceId,
      AllowReassociation: false,
    });
    expect((await theStep(ledger, 'ReserveAddress')).made).toEqual([
      {
        type: 'elastic address',
        id: 'eipalloc-9',
        ours: true,
        detail: '203.0.113.9',
        address: '203.0.113.9',
        givenTo: 'i-0123456789abcdef0',
        madeAt: expect.any(String),
      },
    ]);
  });

  test('uses the address that the instance has as found, and says that it is not ours', async () => {
    await givenSite(ledger, { site: { directName } });
    having({ AllocationId: 'eipalloc-1', PublicIp: '203.0.113.1', InstanceId });
    expect(await handler(event, context)).toEqual({ address: '203.0.113.1' });
    expect(mutations(ec2)).toEqual([]);
    expect((await theStep(ledger, 'ReserveAddress')).made).toMatchObject([{ id: 'eipalloc-1', ours: false }]);
  });

  test('W7: waits until EC2 would show what a run that died may have allocated, and only then allocates', async () => {
    await givenSite(ledger, { site: { directName } });
    having();
    const died = { name: 'ReserveAddress', state: 'running' } as const;
    await givenStep(ledger, { ...died, startedAt: new Date().toISOString() });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect(mutations(ec2)).toEqual([]);
    await givenStep(ledger, { ...died, startedAt: new Date(Date.now() - 60_000).toISOString() });
    await handler(event, context);
    expect(mutations(ec2)).toEqual(['AllocateAddress', 'AssociateAddress']);
  });

  test('W7: keeps in sight the address that could not be associated', async () => {
    await givenSite(ledger, { site: { directName } });
    having();
    ec2.on(AssociateAddressCommand).rejects(awsError('Gateway.NotAttached'));
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('its VPC has no internet gateway'),
    });
    expect(await theStep(ledger, 'ReserveAddress')).toMatchObject({ state: 'failed', made: [{ id: 'eipalloc-9' }] });
  });

  test('A5: waits for an address that EC2 does not find a moment after it was allocated, and allocates no second one', async () => {
    await givenSite(ledger, { site: { directName } });
    having();
    // The step has waited for another site for long.
    const startedAt = new Date(Date.now() - 120_000).toISOString();
    await givenStep(ledger, { name: 'ReserveAddress', state: 'waiting', startedAt });
    ec2.on(AssociateAddressCommand).rejects(awsError('InvalidAllocationID.NotFound'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect(mutations(ec2)).toEqual(['AllocateAddress', 'AssociateAddress']);
    having({ AllocationId: 'eipalloc-9', PublicIp: '203.0.113.9', Tags: ownTags });
    expect(await handler(event, context)).toEqual({ address: '203.0.113.9' });
    expect(mutations(ec2)).toEqual(['AllocateAddress', 'AssociateAddress', 'AssociateAddress']);
  });

  const withElasticIp = (PublicIp: string) => {
    const Association = { PublicIp, IpOwnerId: '123456789012' };
    const NetworkInterfaces = [{ Attachment: { DeviceIndex: 0 }, Association }];
    const Instances = [{ InstanceId, PublicIpAddress: PublicIp, NetworkInterfaces }];
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances }] });
  };

  test('B1: allocates nothing while DescribeInstances alone returns an Elastic IP of the instance', async () => {
    await givenSite(ledger, { site: { edge: 'direct' } });
    having();
    withElasticIp('203.0.113.1');
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('the owner of the Elastic IP 203.0.113.1'),
    });
    expect(mutations(ec2)).toEqual([]);
  });

  test.each([
    ['DescribeAddresses', () => having({ AllocationId: 'eipalloc-1', PublicIp: '203.0.113.1', InstanceId })],
    ['DescribeInstances', () => withElasticIp('203.0.113.1')],
  ])('B1: displaces no Elastic IP that another stack has associated meanwhile, shown by %s', async (_, appear) => {
    await givenSite(ledger, { site: { edge: 'direct' } });
    having();
    ec2.on(AllocateAddressCommand).callsFake(() => {
      appear();
      return { AllocationId: 'eipalloc-9', PublicIp: '203.0.113.9' };
    });
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('the Elastic IP 203.0.113.1 was associated with it meanwhile'),
    });
    expect(mutations(ec2)).toEqual(['AllocateAddress']);
    expect((await theStep(ledger, 'ReserveAddress')).made).toMatchObject([{ id: 'eipalloc-9', ours: true }]);
  });

  test('moves no address that is associated elsewhere meanwhile', async () => {
    await givenSite(ledger, { site: { directName } });
    having();
    ec2.on(AssociateAddressCommand).rejects(awsError('Resource.AlreadyAssociated'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Conflict' });
  });

  test('stops at the quota of addresses', async () => {
    await givenSite(ledger, { site: { directName } });
    having();
    ec2.on(AllocateAddressCommand).rejects(awsError('AddressLimitExceeded'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'QuotaReached' });
  });
});

describe('C6: ReserveAddress for an instance that AWS assigned a public address to', () => {
  const lost = '203.0.113.4';
  beforeEach(() => {
    ec2
      .on(DescribeInstancesCommand)
      .resolves({ Reservations: [{ Instances: [{ InstanceId, PublicIpAddress: lost }] }] });
    having();
  });
  const zone = (...sets: ReturnType<typeof stored>[]) => {
    const HostedZones = [{ Id: '/hostedzone/ZEXAMPLE', Name: 'example.test.', CallerReference: 'theirs' }];
    route53.on(ListHostedZonesCommand).resolves({ HostedZones, IsTruncated: false } as never);
    return new StubbedZone(route53, sets);
  };
  const approving = (...loses: string[]) => ({
    operation: { name: 'onboard', execution: 'e', startedAt: '2026-11-22T12:00:00.000Z', loses } as const,
  });

  test('says that the address is lost for good, and still does when its answer was lost', async () => {
    await givenSite(ledger, { site: { directName } });
    zone(stored('blog.example.test', 'A', '203.0.113.5'));
    await handler(event, context);
    const said = expect.stringContaining(`AWS released its address ${lost} for good, and no undo brings it back`);
    expect(await theStep(ledger, 'ReserveAddress')).toMatchObject({ message: said, made: [{ lost }] });
    having({ AllocationId: 'eipalloc-9', PublicIp: '203.0.113.9', InstanceId, Tags: ownTags });
    await givenStep(ledger, { ...(await theStep(ledger, 'ReserveAddress')), state: 'running' });
    await handler(event, context);
    expect(await theStep(ledger, 'ReserveAddress')).toMatchObject({ message: said });
  });

  test('takes nothing from under records that lead to it, and names them', async () => {
    await givenSite(ledger, { site: { directName } });
    zone(stored('blog.example.test', 'A', lost));
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`blog.example.test A ${lost} in the hosted zone "example.test" (ZEXAMPLE)`),
    });
    expect(mutations(ec2)).toEqual([]);
  });

  test('goes on once the loss of that address was approved', async () => {
    zone(stored('blog.example.test', 'A', lost));
    await givenSite(ledger, { site: { directName }, item: approving(lost) });
    await handler(event, context);
    expect(mutations(ec2)).toEqual(['AllocateAddress', 'AssociateAddress']);
  });
});
