import {
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  GetHostedZoneCommand,
  HostedZoneAlreadyExists,
  ListHostedZonesCommand,
  ListTagsForResourceCommand,
  NoSuchHostedZone,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import type { StepOutputs } from '../../../domain/ledger/outputs.ts';
import { callerReference } from '../../../domain/zones/caller-reference.ts';
import { zoneSteps } from '../../../functions/resources/hosted-zone.ts';
import type { StepEvent } from '../../../functions/shared/steps/step.ts';
import { useLedger } from '../../support/ledger.ts';
import { type NameServer, NameServers, ns, soa } from '../../support/name-servers.ts';
import {
  awsError,
  context,
  domain,
  event,
  givenSite,
  mutations,
  owner,
  ownTags,
  theStep,
} from '../../support/steps.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
const servers: NameServers[] = [];
let zones: string[] = [];
beforeEach(async () => {
  route53.reset();
  zones = [];
  // Every zone is delegated to its own name servers, and no other name exists.
  await dnsSays(({ name }) => {
    const [zone, id] =
      zones.map((each) => each.split(' ')).find(([zone]) => name === zone || name.endsWith(`.${zone}`)) ?? [];
    return zone ? { authorities: [ns(zone, `ns-1.${id}.com.`)] } : { rcode: 'NXDOMAIN', authorities: [soa('')] };
  });
});

let connect: NameServers['connect'];

async function dnsSays(root: NameServer, others: Record<string, NameServer> = {}): Promise<void> {
  const world = await NameServers.start({ '198.41.0.4': root, ...others });
  servers.push(world);
  connect = world.connect;
}

const handler = async (asked: StepEvent, at: Context) => {
  const step = zoneSteps(() => new Resolver({ connect }));
  return (await step({ ...asked, phase: 'prepare' }, at)) as StepOutputs['FindZone'];
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.stop()));
});

const reference = callerReference(owner, 1);
const zone = (id: string, name: string, CallerReference = id) => ({
  Id: `/hostedzone/${id}`,
  Name: `${name}.`,
  CallerReference,
});
const nameServers = (id: string) => ({ NameServers: [`NS-2.${id}.net.`, `ns-1.${id}.com.`] });

/** What Route 53 has, and answers about each zone. */
function having(...listed: ReturnType<typeof zone>[]): void {
  route53
    .on(ListHostedZonesCommand)
    .resolves({ HostedZones: listed, IsTruncated: false, MaxItems: 100, Marker: '' })
    .on(ListTagsForResourceCommand)
    .resolves({ ResourceTagSet: { Tags: [] } });
  for (const each of listed) {
    zones.unshift(`${each.Name.slice(0, -1)} ${each.Id.slice('/hostedzone/'.length).toLowerCase()}`);
    const id = each.Id.slice('/hostedzone/'.length);
    route53.on(GetHostedZoneCommand, { Id: id }).resolves({ HostedZone: each, DelegationSet: nameServers(id) });
  }
}

function creating(): void {
  route53
    .on(CreateHostedZoneCommand)
    .resolves({ HostedZone: zone('ZNEW', domain, reference), DelegationSet: nameServers('ZNEW') } as never)
    .on(ChangeTagsForResourceCommand)
    .resolves({});
}

describe('FindZone', () => {
  test('finds the zone with the most labels for every name, and changes nothing', async () => {
    await givenSite(ledger);
    having(zone('Z1', 'test'), zone('Z2', 'example.test'), zone('Z3', `www.${domain}`));
    expect(await handler(event, context)).toEqual({
      zones: [
        { id: 'Z2', name: 'example.test', names: [domain], nameServers: ['ns-1.z2.com', 'ns-2.z2.net'], ours: false },
        {
          id: 'Z3',
          name: `www.${domain}`,
          names: [`www.${domain}`],
          nameServers: ['ns-1.z3.com', 'ns-2.z3.net'],
          ours: false,
        },
      ],
      nameServers: ['ns-1.z2.com', 'ns-2.z2.net'],
    });
    expect(mutations(route53)).toEqual([]);
    expect((await theStep(ledger, 'FindZone')).made).toMatchObject([
      { id: 'Z2', ours: false },
      { id: 'Z3', ours: false },
    ]);
  });

  test('makes a zone for the domain itself when none holds it, tagged, with name servers as a registrar wants them', async () => {
    await givenSite(ledger);
    having(zone('Z1', 'other.test'));
    creating();
    const { zones, nameServers: shown } = await handler(event, context);
    expect(zones).toEqual([
      { id: 'ZNEW', name: domain, names: [domain, `www.${domain}`], nameServers: shown, ours: true },
    ]);
    expect(shown).toEqual(['ns-1.znew.com', 'ns-2.znew.net']);
    expect(route53.commandCalls(CreateHostedZoneCommand)[0]?.args[0].input).toMatchObject({
      Name: domain,
      CallerReference: reference,
    });
    expect(route53.commandCalls(ChangeTagsForResourceCommand)[0]?.args[0].input).toMatchObject({
      ResourceId: 'ZNEW',
      AddTags: ownTags,
    });
    expect(await theStep(ledger, 'FindZone')).toMatchObject({
      message: `Created the hosted zone "${domain}"; its name servers are ns-1.znew.com, ns-2.znew.net`,
      made: [{ type: 'hosted zone', id: 'ZNEW', ours: true, detail: domain }],
    });
  });

  test('B2: S2: says of a zone that was made for another tenant that it was', async () => {
    await givenSite(ledger, { site: { tenant: 'globex' } });
    having(zone('ZACME', domain, callerReference({ ...owner, tenant: 'acme' }, 1)));
    route53.on(ListTagsForResourceCommand).resolves({ ResourceTagSet: { Tags: ownTags } });
    expect(await handler(event, context)).toMatchObject({ zones: [{ id: 'ZACME', anothers: true }] });
  });

  test.each([
    ['without a tag', [], true],
    ["with another tenant's tag", [{ Key: 'nameplate:tenant', Value: 'acme' }], true],
    ["with the tenant's tag", [{ Key: 'nameplate:tenant', Value: 'globex' }], undefined],
  ])("B4: S2: says whether a zone that others made is the tenant's: %s", async (_, Tags, anothers) => {
    await givenSite(ledger, { site: { tenant: 'globex' } });
    having(zone('ZEXAMPLE', 'example.test'));
    route53.on(ListTagsForResourceCommand).resolves({ ResourceTagSet: { Tags } });
    expect((await handler(event, context)).zones[0]?.anothers).toBe(anothers);
  });

  test('B6: S2: reads nothing in another account before the name is proven, and says what proves it', async () => {
    await givenSite(ledger, { site: { dns: { role: 'arn:aws:iam::210987654321:role/nameplate-dns' } } });
    having(zone('ZEXAMPLE', 'example.test'));
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Awaited',
      message: expect.stringContaining(`Waiting until "${domain}" is proven to be yours`),
    });
    expect(route53.calls()).toEqual([]);
  });

  test('R14: waits for the zone that was made before and is not listed yet', async () => {
    await givenSite(ledger);
    having();
    route53.on(CreateHostedZoneCommand).rejects(new HostedZoneAlreadyExists({ message: 'exists', $metadata: {} }));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('R30: keeps in sight the zone that Route 53 does not know a moment after it was made', async () => {
    await givenSite(ledger);
    having();
    creating();
    route53.on(ChangeTagsForResourceCommand).rejects(new NoSuchHostedZone({ message: 'no', $metadata: {} }));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
    expect(await theStep(ledger, 'FindZone')).toMatchObject({ state: 'waiting', made: [{ id: 'ZNEW', ours: true }] });
  });

  test('R3: makes no zone when the listing fails', async () => {
    await givenSite(ledger);
    route53.on(ListHostedZonesCommand).rejects(awsError('Throttling', 'Rate exceeded'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'Throttled' });
    expect(mutations(route53)).toEqual([]);
  });

  test('R21: stops when the account may have no more zones', async () => {
    await givenSite(ledger);
    having();
    route53.on(CreateHostedZoneCommand).rejects(awsError('TooManyHostedZones'));
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'QuotaReached' });
  });

  test('R10: chooses among zones of one name the one that the parent delegates to', async () => {
    await givenSite(ledger, { site: { aliases: [] } });
    having(zone('Z1', domain), zone('Z2', domain));
    await dnsSays(() => ({ authorities: [ns(domain, 'ns-1.z2.com.'), ns(domain, 'ns-2.z2.net.')] }));
    expect(await handler(event, context)).toMatchObject({ zones: [{ id: 'Z2' }] });
  });

  test('R10: waits when the parent cannot be asked which zone it is', async () => {
    await givenSite(ledger, { site: { aliases: [] } });
    having(zone('Z1', domain), zone('Z2', domain));
    connect = (await NameServers.start({})).connect;
    await expect(handler(event, context)).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('refuses an alias for which there is no zone', async () => {
    await givenSite(ledger, { site: { aliases: ['shop.elsewhere.test'] } });
    having(zone('Z1', 'example.test'));
    await expect(handler(event, context)).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('Cannot find a public hosted zone for "shop.elsewhere.test"'),
    });
  });
});
