import {
  DescribeAddressesCommand,
  DisassociateAddressCommand,
  EC2Client,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/resources/elastic-ip.ts';
import { useLedger } from '../../support/ledger.ts';
import { event as anEvent, awsError, context, givenUndo, mutations, ownTags } from '../../support/steps.ts';

const ledger = useLedger();
const event = { ...anEvent, phase: 'release' as const };
const ec2 = mockClient(EC2Client);
const instance = 'i-0123456789abcdef0';
beforeEach(async () => {
  ec2.reset();
  ec2.on(DisassociateAddressCommand).resolves({}).on(ReleaseAddressCommand).resolves({});
  await givenUndo(ledger);
});

const held = (changes: object = {}) =>
  ec2.on(DescribeAddressesCommand).resolves({
    Addresses: [
      {
        AllocationId: 'eipalloc-1',
        PublicIp: '203.0.113.7',
        AssociationId: 'eipassoc-1',
        InstanceId: instance,
        Tags: ownTags,
        ...changes,
      },
    ],
  });

test('ReleaseAddress takes our address off the instance and gives it back', async () => {
  held();
  expect(await handler(event, context)).toEqual({ left: [] });
  expect(mutations(ec2)).toEqual(['DisassociateAddress', 'ReleaseAddress']);
});

test("ReleaseAddress touches no address of another stack's, and none that was given to somebody else", async () => {
  held({ Tags: [ownTags[0], { Key: 'nameplate:stack', Value: 'Other' }] });
  expect(await handler(event, context)).toEqual({ left: [] });
  held({ InstanceId: 'i-0fedcba9876543210' });
  expect(await handler(event, context)).toMatchObject({ left: [{ type: 'elastic address', id: 'eipalloc-1' }] });
  expect(mutations(ec2)).toEqual([]);
});

test('ReleaseAddress takes what is off and gone already for done', async () => {
  held();
  ec2.on(DisassociateAddressCommand).rejects(awsError('InvalidAssociationID.NotFound'));
  ec2.on(ReleaseAddressCommand).rejects(awsError('InvalidAllocationID.NotFound'));
  await expect(handler(event, context)).resolves.toEqual({ left: [] });
});

test('A5: waits while EC2 still has the address on its instance', async () => {
  held();
  ec2.on(ReleaseAddressCommand).rejects(awsError('InvalidIPAddress.InUse'));
  await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
});
