import { GetHostedZoneCommand, NoSuchHostedZone, Route53Client } from '@aws-sdk/client-route-53';
import { afterEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { checkDelegation } from '../../../functions/gates/check-delegation.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, NameServers, ns, type Said, soa } from '../../support/name-servers.ts';
import { aSite } from '../../support/site.ts';
import { aSiteZone, context, domain, event, givenSite, givenStep, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const ROOT = '198.41.0.4';
const AWS = '192.0.2.3';
let world: NameServers | undefined;
afterEach(async () => {
  await world?.stop();
});

const zone = aSiteZone();
const ds = {
  type: 'DS' as const,
  name: 'example.test',
  data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) },
};
const key = {
  type: 'DNSKEY' as const,
  name: 'example.test',
  data: { flags: 257, algorithm: 13, key: Buffer.alloc(32) },
};

/** The root is the parent here; it says this about "example.test". */
async function judged(parent: { NS?: Said; DS?: Said }, zoneSays: Said = {}): Promise<unknown> {
  await givenSite(ledger, { outputs: { FindZone: { zones: [zone], nameServers: zone.nameServers } } });
  return run(parent, zoneSays);
}

async function run(parent: { NS?: Said; DS?: Said }, zoneSays: Said = {}): Promise<unknown> {
  await world?.stop();
  world = await NameServers.start({
    [ROOT]: ({ name, type }) => {
      if (name.startsWith('ns-')) return { answers: [a(name, AWS)] };
      return type === 'DS' ? (parent.DS ?? { authorities: [soa('')] }) : parent.NS;
    },
    [AWS]: () => ({ authorities: [soa('example.test')], ...zoneSays }),
  });
  const { connect } = world;
  return checkDelegation(() => new Resolver({ connect }))(event, context);
}

/** The parent names these name servers, each of which says this of the zone. */
async function judgedBy(says: Record<string, Said>, parent: { DS?: Said } = {}): Promise<unknown> {
  await givenSite(ledger, { outputs: { FindZone: { zones: [zone], nameServers: zone.nameServers } } });
  const addresses = Object.keys(says).map((server, place) => [server, `192.0.2.${place + 3}`] as const);
  world = await NameServers.start({
    [ROOT]: ({ name, type }) => {
      const found = addresses.find(([server]) => server === name);
      if (found) return { answers: [a(name, found[1])] };
      return type === 'DS' ? (parent.DS ?? { authorities: [soa('')] }) : delegation(...Object.keys(says));
    },
    ...Object.fromEntries(
      addresses.map(([server, address]) => [address, () => ({ authorities: [soa('example.test')], ...says[server] })]),
    ),
  });
  const { connect } = world;
  return checkDelegation(() => new Resolver({ connect }))(event, context);
}

const delegation = (...servers: string[]): Said => ({
  authorities: servers.map((server) => ns('example.test', server)),
});

describe('CheckDelegation', () => {
  test('goes on when the parent names the name servers of the zone', async () => {
    await judged({ NS: delegation('NS-1.awsdns-01.com.', 'ns-2.awsdns-02.net.') });
    expect(await theStep(ledger, 'CheckDelegation')).toMatchObject({
      state: 'done',
      message: '"example.test" is delegated to its hosted zone',
    });
  });

  test('B3: remembers that the names are delegated to the account', async () => {
    await judged({ NS: delegation('NS-1.awsdns-01.com.', 'ns-2.awsdns-02.net.') });
    const { proven = {} } = (await readSiteItem(ledger, domain)) ?? {};
    expect(Object.keys(proven)).toEqual([domain, `www.${domain}`]);
  });

  test.each([
    ['waits for the challenge', {}, false],
    ['goes on with names that are live', { live: aSite({ tenant: 'globex' }) }, true],
  ])('B2: S2: %s in a zone that was made for another tenant', async (_, item, goesOn) => {
    await givenSite(ledger, { site: { tenant: 'globex' }, item });
    const zones = [{ ...zone, anothers: true }];
    await givenStep(ledger, { name: 'FindZone', output: { zones, nameServers: zone.nameServers } });
    const running = run({ NS: delegation(...zone.nameServers) });
    if (goesOn) await running;
    else
      await expect(running).rejects.toMatchObject({
        name: 'NotReady',
        message: expect.stringMatching(/Enter _nameplate-challenge/),
      });
  });

  test('A11: waits, and says exactly what to enter, while nothing is delegated', async () => {
    const nothing = { rcode: 'NXDOMAIN' as const, authorities: [soa('')] };
    await expect(judged({ NS: nothing })).rejects.toMatchObject({ name: 'NotReady' });
    expect(await theStep(ledger, 'CheckDelegation')).toMatchObject({
      state: 'waiting',
      waitingFor: expect.stringContaining(
        'Enter these name servers at your registrar: ns-1.awsdns-01.com, ns-2.awsdns-02.net',
      ),
    });
  });

  test('A11: waits while the name servers are the right ones and none of them answers for the zone', async () => {
    const NS = delegation(...zone.nameServers);
    await expect(judged({ NS }, { rcode: 'REFUSED', authoritative: false })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('ns-1.awsdns-01.com answers REFUSED without authority'),
    });
  });

  test('goes on while a part of the name servers is lame, and says which', async () => {
    await judgedBy({ 'ns-1.awsdns-01.com': {}, 'ns-2.awsdns-02.net': { rcode: 'REFUSED', authoritative: false } });
    expect(await theStep(ledger, 'CheckDelegation')).toMatchObject({
      state: 'done',
      message: expect.stringContaining('ns-2.awsdns-02.net answers REFUSED without authority'),
    });
  });

  test('waits when the parent cannot be asked: silence is no verdict', async () => {
    await expect(judged({})).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('Cannot check the delegation of "example.test" now'),
    });
  });

  test('C5: on a slow look finds a zone that has been deleted, and has nobody delegate to its name servers', async () => {
    const route53 = mockClient(Route53Client);
    const gone = new NoSuchHostedZone({ message: 'No hosted zone found', $metadata: {} });
    route53.on(GetHostedZoneCommand).rejects(gone);
    await expect(judged({ NS: delegation() })).rejects.toMatchObject({ name: 'NotReady' });
    expect(route53.calls()).toHaveLength(0);
    const message = expect.stringMatching(
      /CloudTrail: DeleteHostedZone\)\. Do not delegate to ns-1.*Then cancel the operation if it still runs, and declare the site again/,
    );
    await expect(run({ NS: delegation() })).rejects.toMatchObject({ name: 'NotReady', message });
    await givenStep(ledger, {
      name: 'CheckDelegation',
      state: 'waiting',
      startedAt: '2026-11-22T12:00:00.000Z',
      looks: 7,
    });
    await expect(run({ NS: delegation() })).rejects.toMatchObject({ name: 'Misconfigured', message });
    route53.restore();
  });

  test('R17: goes on when the name server that is asked first refuses, and another one has the keys', async () => {
    const [first = '', second = ''] = zone.nameServers;
    await judgedBy(
      { [first]: { rcode: 'REFUSED', authoritative: false }, [second]: { answers: [key] } },
      { DS: { answers: [ds] } },
    );
    expect(await theStep(ledger, 'CheckDelegation')).toMatchObject({ state: 'done' });
  });

  test('R17: waits while no name server says whether the zone is signed', async () => {
    const says = { rcode: 'SERVFAIL' as const, authoritative: false };
    await expect(judged({ NS: delegation(...zone.nameServers), DS: { answers: [ds] } }, says)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('none of its name servers says whether it is signed'),
    });
  });

  test('R17: goes on when the zone is signed', async () => {
    const NS = delegation(...zone.nameServers);
    await judged({ NS, DS: { answers: [ds] } }, { answers: [key] });
    expect(await theStep(ledger, 'CheckDelegation')).toMatchObject({ state: 'done' });
  });
});
