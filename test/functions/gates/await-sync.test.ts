import { GetChangeCommand, NoSuchChange, Route53Client } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { awaitSync, handler } from '../../../functions/gates/await-sync.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, NameServers } from '../../support/name-servers.ts';
import { aSiteZone, context, domain, event, givenSite, mutations, theStep } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
let world: NameServers | undefined;
beforeEach(() => {
  route53.reset();
});
afterEach(async () => {
  await world?.stop();
});

const given = (changes: { zoneId: string; changeId: string }[]) =>
  givenSite(ledger, { outputs: { FindZone: { zones: [aSiteZone()], nameServers: [] }, PointRecords: { changes } } });
const known = [{ zoneId: 'ZEXAMPLE', changeId: 'C1' }];
const status = (Status: 'PENDING' | 'INSYNC') =>
  route53
    .on(GetChangeCommand, { Id: 'C1' })
    .resolves({ ChangeInfo: { Id: '/change/C1', Status, SubmittedAt: new Date() } });

describe('AwaitSync', () => {
  test('waits while the change is pending and goes on when it is in sync', async () => {
    await given(known);
    status('PENDING');
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    status('INSYNC');
    await handler(event, context);
    expect(await theStep(ledger, 'AwaitSync')).toMatchObject({ state: 'done' });
    expect(mutations(route53)).toEqual([]);
  });

  test.each([
    ['Route 53 has forgotten the change', known],
    ['the answer with its id was lost', []],
  ])('R19: asks the name servers themselves when %s', async (_, changes) => {
    await given(changes);
    route53.on(GetChangeCommand).rejects(new NoSuchChange({ message: 'no', $metadata: {} }));
    const text = (generation: number) => `heritage=nameplate,stack=Nameplate,site=${domain},generation=${generation}`;
    new StubbedZone(route53, [stored(`_nameplate.${domain}`, 'TXT', `"${text(2)}"`)]);
    const told: Record<string, string> = { '192.0.2.1': text(2), '192.0.2.2': text(1) };
    const answer = (address: string) => (question: { name: string }) => ({
      answers: [{ type: 'TXT' as const, name: question.name, ttl: 60, data: told[address] ?? '' }],
    });
    const servers = await NameServers.start({
      '198.41.0.4': ({ name }) => ({ answers: [a(name, name.startsWith('ns-1') ? '192.0.2.1' : '192.0.2.2')] }),
      '192.0.2.1': answer('192.0.2.1'),
      '192.0.2.2': answer('192.0.2.2'),
    });
    world = servers;
    const step = awaitSync(() => new Resolver({ connect: servers.connect }));
    await expect(step(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    told['192.0.2.2'] = text(2);
    await step(event, context);
  });

  test('R19: waits when the name servers cannot be asked', async () => {
    await given([]);
    new StubbedZone(route53, [stored(`_nameplate.${domain}`, 'TXT', '"x"')]);
    const servers = await NameServers.start({});
    const step = awaitSync(() => new Resolver({ connect: servers.connect }));
    await expect(step(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });
});
