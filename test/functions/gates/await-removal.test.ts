import { GetChangeCommand, NoSuchChange, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/gates/await-removal.ts';
import { useLedger } from '../../support/ledger.ts';
import { context, event, givenSite, mutations, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
beforeEach(async () => {
  route53.reset();
  const changes = ['C1', 'C2'].map((changeId) => ({ zoneId: `Z${changeId}`, changeId }));
  await givenSite(ledger, { outputs: { RemoveRecords: { changes, left: [] } } });
});

const status = (Id: string, Status: 'PENDING' | 'INSYNC') =>
  route53.on(GetChangeCommand, { Id }).resolves({ ChangeInfo: { Id, Status, SubmittedAt: new Date() } });

test('R19: AwaitRemoval waits until the last of the changes is in sync', async () => {
  status('C1', 'INSYNC');
  status('C2', 'PENDING');
  await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  status('C2', 'INSYNC');
  await handler(event, context);
  expect(await theStep(ledger, 'AwaitRemoval')).toMatchObject({ state: 'done' });
  expect(mutations(route53)).toEqual([]);
});

test('AwaitRemoval takes a change that Route 53 has forgotten for done', async () => {
  route53.on(GetChangeCommand).rejects(new NoSuchChange({ message: 'no', $metadata: {} }));
  await handler(event, context);
  expect(await theStep(ledger, 'AwaitRemoval')).toMatchObject({ state: 'done' });
});
