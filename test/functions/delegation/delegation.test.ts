import {
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  ListTagsForResourceCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { delegationSteps } from '../../../functions/resources/delegation.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, NameServers, ns, soa } from '../../support/name-servers.ts';
import { context, domain, event, givenSite, mutations, theStep, turnToUndo } from '../../support/steps.ts';
import { StubbedZone, stored } from '../../support/stubbed-zone.ts';

const ledger = useLedger();
const route53 = mockClient(Route53Client);
const OURS = 'ns-1.awsdns-01.com';
const PARENTS = 'ns-9.awsdns-09.com';
const PARENT = 'example.test';
let above: StubbedZone;
let own: StubbedZone;
let world: NameServers;
/** Whether the name server of the site's zone answers for it. */
let served: boolean;
/** What the zone above answers although it was removed, until all of its name servers know. */
let remembered: ReturnType<typeof stored> | undefined;
/** Whether the zone above has a DS record for the name. */
let signed: boolean;

beforeEach(async () => {
  route53.reset();
  [served, signed, remembered] = [true, false, undefined];
  above = new StubbedZone(route53, [], 'ZABOVE');
  own = new StubbedZone(route53, [stored(domain, 'NS', `${OURS}.`), stored(domain, 'SOA', 'x')], 'ZSHOP');
  // The root plays the zone above as well, and answers with what stands in it.
  world = await NameServers.start({
    '198.41.0.4': ({ name, type }) => {
      if (name === OURS) return { answers: [a(OURS, '192.0.2.3')] };
      if (name === PARENT && type === 'NS') return { authorities: [ns(PARENT, PARENTS)] };
      const found = above.sets.find((set) => set.Name === name && set.Type === 'NS') ?? remembered;
      if (type === 'NS' && found)
        return {
          authorities: [...(found.ResourceRecords ?? []).map(({ Value = '' }) => ns(name, Value)), soa(PARENT)],
        };
      if (type === 'DS' && signed)
        return {
          answers: [
            { type: 'DS', name, ttl: 60, data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) } },
          ],
        };
      return { authorities: [soa(PARENT)] };
    },
    '192.0.2.3': () => (served ? { answers: [soa(domain)] } : { rcode: 'REFUSED' }),
  });
  having('their own');
});
afterEach(() => world.stop());

function having(callerReference: string): void {
  const zones = [
    { Id: '/hostedzone/ZABOVE', Name: `${PARENT}.`, CallerReference: callerReference },
    { Id: '/hostedzone/ZSHOP', Name: `${domain}.`, CallerReference: 'theirs' },
  ];
  route53.on(ListHostedZonesCommand).resolves({ HostedZones: zones, IsTruncated: false, MaxItems: 100, Marker: '' });
  route53.on(ListTagsForResourceCommand).resolves({ ResourceTagSet: { Tags: [] } } as never);
  for (const [place, server] of [PARENTS, OURS].entries()) {
    const HostedZone = zones[place];
    const Id = HostedZone?.Id.replace('/hostedzone/', '');
    route53
      .on(GetHostedZoneCommand, { Id })
      .resolves({ HostedZone, DelegationSet: { NameServers: [server] } } as never);
  }
}

const given = (site: Partial<Site> = {}) => {
  const zone = { id: 'ZSHOP', name: domain, names: [domain], nameServers: [OURS], ours: false };
  return givenSite(ledger, {
    site: { aliases: [], delegate: true, ...site },
    outputs: { FindZone: { zones: [zone], nameServers: [OURS] }, ReserveAddress: {} },
  });
};
const run = (phase: 'prepare' | 'release') =>
  delegationSteps(() => new Resolver({ connect: world.connect }))({ ...event, phase }, context);

describe('WriteDelegation', () => {
  test('creates the NS records in the zone above, once, and knows them for ours', async () => {
    await given();
    await run('prepare');
    await run('prepare');
    expect(above.batches).toEqual([[`CREATE ${domain} NS`]]);
    expect((await theStep(ledger, 'WriteDelegation')).made).toMatchObject([
      { type: 'delegation', id: domain, ours: true, written: { zoneId: 'ZABOVE' } },
    ]);
  });

  test('does nothing for a document that does not say so', async () => {
    await given({ delegate: false });
    await run('prepare');
    expect(route53.calls()).toEqual([]);
  });

  test('leaves a delegation that leads to the zone already to whoever wrote it', async () => {
    above.sets.push(stored(domain, 'NS', `${OURS}.`));
    await given();
    await run('prepare');
    expect(mutations(route53)).toEqual([]);
    await turnToUndo(ledger);
    expect(await run('release')).toEqual({ left: [], forgetSeconds: 0 });
    expect(above.targets()).toEqual([`${domain} NS`]);
  });

  test.each([
    [
      'R17: a DS record that DNS shows',
      () => {
        signed = true;
      },
      'has a DS record',
    ],
    [
      'R17: a DS record in the hosted zone',
      () => above.sets.push(stored(domain, 'DS', '1 13 2 ABCD')),
      'has a DS record',
    ],
    ['R5: a CNAME', () => above.sets.push(stored(domain, 'CNAME', 'app.provider.test.')), 'beside a CNAME'],
    ['R6: NS records of others', () => above.sets.push(stored(domain, 'NS', 'ns1.theirs.test.')), 'ns1.theirs.test'],
  ])('stops at %s', async (_, stands, said) => {
    stands();
    const before = above.targets();
    await given();
    await expect(run('prepare')).rejects.toMatchObject({ name: 'Conflict', message: expect.stringContaining(said) });
    expect(above.targets()).toEqual(before);
    expect(mutations(route53)).toEqual([]);
  });

  test('waits until the name servers of the zone answer for it', async () => {
    served = false;
    await given();
    await expect(run('prepare')).rejects.toMatchObject({ name: 'NotReady', message: expect.stringContaining(OURS) });
    expect(mutations(route53)).toEqual([]);
  });

  test("S2: writes nothing into a zone that is not the tenant's, and says so", async () => {
    await given({ tenant: 'blue' });
    await run('prepare');
    expect(mutations(route53)).toEqual([]);
    expect((await theStep(ledger, 'WriteDelegation')).message).toContain("is not this tenant's");
  });

  test('takes its own records for its own when the answer of Route 53 was lost', async () => {
    await given();
    route53.on(ChangeResourceRecordSetsCommand, { HostedZoneId: 'ZABOVE' }).callsFakeOnce((input) => {
      above.change(input);
      throw Object.assign(new Error('lost'), { name: 'TimeoutError' });
    });
    await expect(run('prepare')).rejects.toMatchObject({ name: 'Throttled' });
    await run('prepare');
    expect((await theStep(ledger, 'WriteDelegation')).made).toMatchObject([{ id: domain, ours: true }]);
  });
});

describe('RemoveDelegation', () => {
  beforeEach(async () => {
    await given();
    await run('prepare');
    await turnToUndo(ledger);
  });

  test('R16: removes the NS records, and says for how long resolvers remember them, a second time as well', async () => {
    expect(await run('release')).toEqual({ left: [], forgetSeconds: 360 });
    expect(await run('release')).toEqual({ left: [], forgetSeconds: 360 });
    expect(above.batches.at(-1)).toEqual([`DELETE ${domain} NS`]);
    expect((await theStep(ledger, 'WriteDelegation')).made).toEqual([]);
  });

  test('says that it is gone, also in the turn that only waits until the world sees that', async () => {
    remembered = stored(domain, 'NS', `${OURS}.`);
    await expect(run('release')).rejects.toMatchObject({ name: 'NotReady' });
    remembered = undefined;
    await run('release');
    expect((await theStep(ledger, 'RemoveDelegation')).message).toBe(`No longer delegated: "${domain}"`);
  });

  test.each([
    [
      'what was changed since',
      () => {
        above.sets = [stored(domain, 'NS', 'ns1.theirs.test.')];
      },
      'was changed since',
    ],
    [
      'what leads to a zone with records of others',
      () => own.sets.push(stored(`mail.${domain}`, 'A', '198.51.100.9')),
      'mail.',
    ],
  ])('leaves %s', async (_, changed, why) => {
    changed();
    const before = above.targets();
    expect(await run('release')).toMatchObject({
      left: [{ type: 'delegation', id: domain, why: expect.stringContaining(why) }],
    });
    expect(above.targets()).toEqual(before);
  });
});
