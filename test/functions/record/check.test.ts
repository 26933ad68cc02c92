import { ListResourceRecordSetsCommand, NoSuchHostedZone, Route53Client } from '@aws-sdk/client-route-53';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/resources/record.ts';
import { useLedger } from '../../support/ledger.ts';
import {
  event as anEvent,
  aSiteZone,
  awsError,
  context,
  domain,
  givenSite,
  mutations,
  theStep,
} from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const event = { ...anEvent, phase: 'prepare' as const };
const ledger = useLedger();
const route53 = mockClient(Route53Client);
beforeEach(async () => {
  route53.reset();
  await givenSite(ledger, { outputs: { FindZone: { zones: [aSiteZone()], nameServers: [] } } });
});

describe('CheckRecords', () => {
  test('goes on when nothing is in the way, with two calls for two names of one tree', async () => {
    new StubbedZone(route53, [stored('example.test', 'NS', 'ns-1.'), stored('mail.example.test', 'A', '198.51.100.9')]);
    await handler(event, context);
    expect(await theStep(ledger, 'CheckRecords')).toMatchObject({
      state: 'done',
      message: 'No foreign record is in the way',
    });
    expect(route53.commandCalls(ListResourceRecordSetsCommand)).toHaveLength(2);
    expect(mutations(route53)).toEqual([]);
  });

  test('R6: names every foreign record in the way', async () => {
    new StubbedZone(route53, [
      stored(domain, 'A', '198.51.100.9'),
      stored(`www.${domain}`, 'CNAME', 'elsewhere.test.'),
    ]);
    const failure = await handler(event, context).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'Conflict' });
    expect((failure as Error).message).toContain(`${domain} A 198.51.100.9`);
    expect((failure as Error).message).toContain(`www.${domain} CNAME elsewhere.test.`);
  });

  test('R3: makes no judgement of half a listing', async () => {
    new StubbedZone(route53);
    route53
      .on(ListResourceRecordSetsCommand, { StartRecordName: '*.example.test' })
      .rejects(awsError('Throttling', 'Rate exceeded'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
  });

  test('R30: waits for a zone that Route 53 does not know yet', async () => {
    route53.on(ListResourceRecordSetsCommand).rejects(new NoSuchHostedZone({ message: 'no', $metadata: {} }));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });
});
