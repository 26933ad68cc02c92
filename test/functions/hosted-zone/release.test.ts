import {
  DeleteHostedZoneCommand,
  GetHostedZoneCommand,
  HostedZoneNotEmpty,
  ListHostedZonesCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { callerReference } from '../../../domain/zones/caller-reference.ts';
import { zoneSteps } from '../../../functions/resources/hosted-zone.ts';
import { useLedger } from '../../support/ledger.ts';
import { NameServers, ns } from '../../support/name-servers.ts';
import { context, domain, event, givenStep, givenUndo, mutations, owner, theStep } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
const nameServer = 'ns-1.awsdns-01.com';
const empty = [
  stored(domain, 'NS', `${nameServer}.`),
  stored(domain, 'SOA', `${nameServer}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`),
];
let world: NameServers | undefined;

beforeEach(async () => {
  route53.reset();
  route53.on(DeleteHostedZoneCommand).resolves({});
  zoneOf(callerReference(owner, 1));
  await givenUndo(ledger);
  await givenStep(ledger, { name: 'FindZone', made: [{ type: 'hosted zone', id: 'ZSHOP', ours: true }] });
});
afterEach(async () => {
  await world?.stop();
});

function zoneOf(CallerReference: string): void {
  const zone = { Id: '/hostedzone/ZSHOP', Name: `${domain}.`, CallerReference };
  route53.on(ListHostedZonesCommand).resolves({ HostedZones: [zone], IsTruncated: false, MaxItems: 100, Marker: '' });
  route53.on(GetHostedZoneCommand).resolves({ HostedZone: zone, DelegationSet: { NameServers: [nameServer] } });
}

/** The step in a world whose root sends the domain to these name servers. */
async function run(...delegatedTo: string[]) {
  const authorities = delegatedTo.map((server) => ns(domain, server));
  world = await NameServers.start({ '198.41.0.4': () => ({ authorities, authoritative: delegatedTo.length === 0 }) });
  const { connect } = world;
  return zoneSteps(() => new Resolver({ connect }))({ ...event, phase: 'release' }, context);
}

describe('RemoveZone', () => {
  test('deletes the empty zone that was made for the site, and takes it out of the ledger', async () => {
    new StubbedZone(route53, empty, 'ZSHOP');
    expect(await run()).toEqual({ left: [] });
    expect(mutations(route53)).toEqual(['DeleteHostedZone']);
    expect((await theStep(ledger, 'FindZone')).made).toEqual([]);
  });

  test('R15: never deletes a zone that was not made for the site', async () => {
    zoneOf('made by somebody else');
    new StubbedZone(route53, empty, 'ZSHOP');
    expect(await run()).toEqual({ left: [] });
    expect(mutations(route53)).toEqual([]);
  });

  test('R16: keeps the zone while the world is still sent to its name servers, and says what to remove where', async () => {
    new StubbedZone(route53, empty, 'ZSHOP');
    expect(await run(nameServer)).toMatchObject({
      left: [{ type: 'hosted zone', id: 'ZSHOP', why: expect.stringContaining(nameServer) }],
    });
    expect(mutations(route53)).toEqual([]);
    expect((await theStep(ledger, 'FindZone')).made).toHaveLength(1);
  });

  test('keeps a zone that holds records of somebody else, and names them', async () => {
    new StubbedZone(route53, [...empty, stored(`mail.${domain}`, 'A', '198.51.100.9')], 'ZSHOP');
    expect(await run()).toMatchObject({ left: [{ why: expect.stringContaining(`mail.${domain} A 198.51.100.9`) }] });
    expect(mutations(route53)).toEqual([]);
  });

  test('waits when it cannot see whether the zone is still delegated', async () => {
    new StubbedZone(route53, empty, 'ZSHOP');
    const servers = await NameServers.start({});
    world = servers;
    const step = zoneSteps(() => new Resolver({ connect: servers.connect }));
    await expect(step({ ...event, phase: 'release' }, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('looks again when somebody writes to the zone in the last moment', async () => {
    new StubbedZone(route53, empty, 'ZSHOP');
    route53.on(DeleteHostedZoneCommand).rejects(new HostedZoneNotEmpty({ message: 'no', $metadata: {} }));
    await expect(run()).rejects.toMatchObject({ name: 'NotReady' });
  });
});
