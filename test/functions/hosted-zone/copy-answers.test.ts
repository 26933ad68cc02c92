import {
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  ListTagsForResourceCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Answer } from 'dns-packet';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { callerReference } from '../../../domain/zones/caller-reference.ts';
import { zoneSteps } from '../../../functions/resources/hosted-zone.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, cname, mx, NameServers, ns, soa, txt } from '../../support/name-servers.ts';
import { context, domain, event, givenSite, mutations, owner, theStep } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
const OURS = 'ns-1.awsdns-01.com';
const PARENTS = 'ns-9.awsdns-09.com';
let zone: StubbedZone;
/** What the zone above answers. */
let above: Answer[];
/** Whom the root sends the world to, by zone. */
let delegations: Record<string, string>;
let world: NameServers;
/** Whether the zone's own name servers answer with what was written. */
let served: boolean;

beforeEach(async () => {
  route53.reset();
  above = [];
  delegations = {};
  served = true;
  world = await NameServers.start({
    '198.41.0.4': ({ name, type }) => (name === OURS ? { answers: [a(OURS, '192.0.2.3')] } : said(name, type)),
    '192.0.2.3': ({ name }) =>
      served && zone.sets.some(({ Name }) => Name === name) ? { answers: [a(name, '0.0.0.0')] } : { rcode: 'REFUSED' },
  });
  route53
    .on(ListTagsForResourceCommand)
    .resolves({ ResourceTagSet: { Tags: [] } } as never)
    .on(ChangeTagsForResourceCommand)
    .resolves({})
    .on(CreateHostedZoneCommand)
    .resolves({ HostedZone: listed('ZSHOP', domain), DelegationSet: { NameServers: [OURS] } } as never);
  having();
  zone = new StubbedZone(route53, [], 'ZSHOP');
});
afterEach(() => world.stop());

/** The root plays "example.test", the zone above. */
function said(name: string, type: string) {
  const delegated = Object.keys(delegations).find((each) => name === each);
  if (delegated && type === 'NS') return { authorities: [ns(delegated, delegations[delegated] ?? '')] };
  const answers = above.filter((answer) => answer.name === name && [type, 'CNAME'].includes(answer.type));
  if (answers.length > 0) return { answers };
  const exists = above.some((answer) => answer.name === name || answer.name.endsWith(`.${name}`));
  return { rcode: exists ? ('NOERROR' as const) : ('NXDOMAIN' as const), authorities: [soa('example.test')] };
}

function listed(id: string, name: string, count = 2) {
  const reference = id === 'ZSHOP' ? callerReference(owner, 1) : 'theirs';
  return { Id: `/hostedzone/${id}`, Name: `${name}.`, CallerReference: reference, ResourceRecordSetCount: count };
}

function having(...zones: { id: string; name: string; server: string; count?: number }[]): void {
  const HostedZones = zones.map(({ id, name, count }) => listed(id, name, count));
  route53.on(ListHostedZonesCommand).resolves({ HostedZones, IsTruncated: false, MaxItems: 100, Marker: '' });
  for (const { id, name, server, count } of zones) {
    const HostedZone = listed(id, name, count);
    route53.on(GetHostedZoneCommand, { Id: id }).resolves({ HostedZone, DelegationSet: { NameServers: [server] } });
  }
}

const run = () => zoneSteps(() => new Resolver({ connect: world.connect }))({ ...event, phase: 'prepare' }, context);

describe('C1: before the name servers of a zone are shown', () => {
  test('the zone answers what the zone above answers for the names of the site', async () => {
    await givenSite(ledger);
    above = [
      { ...a(domain, '203.0.113.9'), ttl: 86_400 } as Answer,
      mx(domain, 'mail.example.test'),
      txt(domain, 'v=spf1 "quoted" -all'),
      cname(`www.${domain}`, 'cdn.provider.test'),
    ];
    await run();
    expect(zone.sets.filter(({ Type, Name }) => !Name?.startsWith('_nameplate.') || Type !== 'TXT')).toEqual([
      expect.objectContaining({ Name: domain, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '203.0.113.9' }] }),
      expect.objectContaining({ Name: domain, Type: 'MX', ResourceRecords: [{ Value: '10 mail.example.test' }] }),
      expect.objectContaining({
        Name: domain,
        Type: 'TXT',
        ResourceRecords: [{ Value: '"v=spf1 \\"quoted\\" -all"' }],
      }),
      expect.objectContaining({
        Name: `www.${domain}`,
        Type: 'CNAME',
        ResourceRecords: [{ Value: 'cdn.provider.test' }],
      }),
    ]);
    expect(zone.targets()).toEqual(
      expect.arrayContaining([`_nameplate.${domain} TXT`, `_nameplate.www.${domain} TXT`]),
    );
    const step = await theStep(ledger, 'FindZone');
    expect(step.message).toContain(`copied what viewers are answered today: ${domain} A 203.0.113.9`);
    expect(step.output).toMatchObject({
      nameServers: [OURS],
      delegating: [{ silenced: [], rememberedSeconds: 86_400 }],
    });
  });

  test('they all answer with it: until then the step waits', async () => {
    await givenSite(ledger);
    above = [a(domain, '203.0.113.9')];
    served = false;
    await expect(run()).rejects.toMatchObject({ name: 'NotReady' });
    having({ id: 'ZSHOP', name: domain, server: OURS, count: 4 });
    await expect(run()).rejects.toMatchObject({ name: 'NotReady' });
    served = true;
    expect(await run()).toMatchObject({ nameServers: [OURS] });
  });

  test('a CNAME at the name of the zone, where none can stand, is copied as the addresses it leads to', async () => {
    await givenSite(ledger, { site: { aliases: [] } });
    above = [cname(domain, 'app.provider.test'), a('app.provider.test', '203.0.113.9')];
    await run();
    expect(zone.targets()).toEqual([`_nameplate.${domain} TXT`, `${domain} A`]);
  });

  test('nothing is made while a name would fall silent that nobody has approved, and the refusal says how to', async () => {
    await givenSite(ledger);
    above = [a(domain, '203.0.113.9'), a(`api.${domain}`, '203.0.113.10'), txt(`_dmarc.${domain}`, 'v=DMARC1')];
    const refusal = await run().catch((error: Error) => error);
    expect(refusal).toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(
        /"approve": "[0-9a-f]{64}".*api\.shop\.example\.test A 203\.0\.113\.10; _dmarc\.shop\.example\.test TXT.*"dns": "external"/,
      ),
    });
    expect(mutations(route53)).toEqual([]);

    const silences = /[0-9a-f]{64}/.exec((refusal as Error).message)?.[0] ?? '';
    await approve(silences);
    expect(await run()).toMatchObject({
      delegating: [{ silenced: [`api.${domain} A`, `_dmarc.${domain} TXT`] }],
    });
    expect(zone.targets()).toContain(`${domain} A`);
    expect(zone.targets()).not.toContain(`api.${domain} A`);
  });

  test('it copies nothing twice, and nothing that has changed at the zone above over what stands', async () => {
    await givenSite(ledger);
    above = [a(domain, '203.0.113.9')];
    await run();
    having({ id: 'ZSHOP', name: domain, server: OURS, count: 4 });
    const calls = mutations(route53).length;
    await run();
    above = [a(domain, '203.0.113.77')];
    await run();
    expect(
      mutations(route53)
        .slice(calls)
        .filter((name) => name.startsWith('ChangeResource')),
    ).toEqual([]);
  });

  test('a zone that is delegated to is left as it is, whatever stands above', async () => {
    await givenSite(ledger);
    having({ id: 'ZSHOP', name: domain, server: OURS, count: 4 });
    delegations = { [domain]: OURS };
    above = [a(domain, '203.0.113.9'), a(`api.${domain}`, '203.0.113.10')];
    await run();
    expect(zone.targets()).toEqual([]);
  });

  test('a record of the zone itself is neither copied over nor marked', async () => {
    await givenSite(ledger, { site: { aliases: [] } });
    having({ id: 'ZSHOP', name: domain, server: OURS, count: 3 });
    zone.sets = [stored(domain, 'A', '203.0.113.50')];
    above = [a(domain, '203.0.113.9')];
    await run();
    expect(zone.targets()).toEqual([`${domain} A`]);
  });
});

describe('C1: an empty zone that nobody is sent to, below the one that answers', () => {
  const zones = (count: number) => [
    { id: 'ZABOVE', name: 'example.test', server: PARENTS, count: 9 },
    { id: 'ZEMPTY', name: domain, server: OURS, count },
  ];

  test('is passed over: the records go into the zone above, and the step says so', async () => {
    await givenSite(ledger);
    having(...zones(2));
    delegations = { 'example.test': PARENTS };
    expect(await run()).toMatchObject({ zones: [{ id: 'ZABOVE', names: [domain, `www.${domain}`] }] });
    expect((await theStep(ledger, 'FindZone')).message).toContain(
      `The hosted zone "${domain}" (ZEMPTY) is empty, and "example.test" does not delegate to it`,
    );
    expect(mutations(route53)).toEqual([]);
  });

  test('R10: is used once it is delegated to', async () => {
    await givenSite(ledger);
    having(...zones(2));
    delegations = { 'example.test': PARENTS, [domain]: OURS };
    expect(await run()).toMatchObject({ zones: [{ id: 'ZEMPTY' }] });
  });

  test('R10: is used while the zone above is not the one that the world is sent to', async () => {
    await givenSite(ledger);
    having(...zones(2));
    new StubbedZone(route53, [], 'ZEMPTY');
    delegations = { 'example.test': 'ns.elsewhere.test' };
    expect(await run()).toMatchObject({ zones: [{ id: 'ZEMPTY' }] });
  });

  test('is used once it holds a record: then the zone above is listed for what would fall silent', async () => {
    await givenSite(ledger);
    having(...zones(3));
    new StubbedZone(route53, [stored(domain, 'TXT', '"mine"')], 'ZEMPTY');
    new StubbedZone(
      route53,
      [stored(domain, 'A', '203.0.113.9'), stored(`odd.${domain}`, 'A', '203.0.113.10')],
      'ZABOVE',
    );
    delegations = { 'example.test': PARENTS };
    above = [a(domain, '203.0.113.9'), a(`odd.${domain}`, '203.0.113.10')];
    await expect(run()).rejects.toMatchObject({ message: expect.stringContaining(`odd.${domain} A 203.0.113.10`) });
  });
});

/** The same site, with what somebody has approved. */
async function approve(silences: string): Promise<void> {
  const standing = await readSiteItem(ledger, domain);
  if (!standing?.operation) throw new Error('The ledger has no site');
  await writeSite(ledger, { ...standing, operation: { ...standing.operation, silences } }, { over: standing });
}
