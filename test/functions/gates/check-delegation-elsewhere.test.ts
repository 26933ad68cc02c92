import { afterEach, describe, expect, test } from '@jest/globals';
import type { Answer } from 'dns-packet';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { challenges } from '../../../domain/entries/challenge.ts';
import { checkDelegation } from '../../../functions/gates/check-delegation.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, type NameServer, NameServers, ns, type Said, soa } from '../../support/name-servers.ts';
import { aSite } from '../../support/site.ts';
import { context, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const ROOT = '198.41.0.4';
const SERVERS = { 'ns1.other-dns.net': '9.9.9.1', 'ns2.other-dns.net': '9.9.9.2' };
const ZONE = 'example.test';
let world: NameServers | undefined;
afterEach(async () => {
  await world?.stop();
});

const ds: Answer = {
  type: 'DS',
  name: ZONE,
  data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) },
};
const key: Answer = { type: 'DNSKEY', name: ZONE, data: { flags: 257, algorithm: 13, key: Buffer.alloc(32) } };
const caa = (value: string): Answer => ({ type: 'CAA', name: ZONE, data: { flags: 0, tag: 'issue', value } });
const refused: Said = { rcode: 'REFUSED', authoritative: false };
const site = aSite({ dns: 'external', aliases: [] });
const proof: Answer[] = challenges(site, { account: '123456789012', stack: 'Nameplate' }).map(({ name, values }) => ({
  type: 'TXT',
  name,
  data: values[0] ?? '',
}));

/** How the step goes where the top-level domain, the zone's records and each of its name servers are so. */
async function judged({
  to = Object.keys(SERVERS),
  signedAbove = false,
  records = [],
  says = {},
}: {
  to?: string[];
  signedAbove?: boolean;
  records?: Answer[];
  says?: Record<string, Said>;
} = {}): Promise<void> {
  await givenSite(ledger, { site: { dns: 'external', aliases: [] } });
  const zone =
    (server: string): NameServer =>
    ({ name, type }) => {
      if (says[server]) return says[server];
      if (name === ZONE && type === 'SOA') return { answers: [soa(ZONE)] };
      const answers = [...proof, ...records].filter((record) => record.name === name && record.type === type);
      return answers.length > 0 ? { answers } : { authorities: [soa(ZONE)] };
    };
  world = await NameServers.start({
    [ROOT]: ({ name, type }) => {
      if (name in SERVERS) return { answers: [a(name, SERVERS[name as keyof typeof SERVERS])] };
      if (type === 'DS') return { answers: signedAbove ? [ds] : [], authorities: [soa('test')] };
      if (!name.endsWith(ZONE) || to.length === 0) return { rcode: 'NXDOMAIN', authorities: [soa('test')] };
      return { authorities: to.map((server) => ns(ZONE, server)) };
    },
    ...Object.fromEntries(Object.entries(SERVERS).map(([server, address]) => [address, zone(server)])),
  });
  const { connect } = world;
  await checkDelegation(() => new Resolver({ connect }))(event, context);
}

describe('C4: CheckDelegation where another provider keeps the zone', () => {
  test('goes on when the zone is delegated, its name servers answer and the challenge stands', async () => {
    await judged();
    expect(await theStep(ledger, 'CheckDelegation')).toMatchObject({
      state: 'done',
      message: expect.stringMatching(/^"example\.test" is delegated, and its name servers answer for it\. .*proven/),
    });
  });

  test('R17: stops at a DS record above a zone that is not signed, before anything is entered', async () => {
    await expect(judged({ signedAbove: true })).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('Sign the zone at its DNS provider, or remove the DS record at your registrar'),
    });
  });

  test('R17: goes on when the zone is signed', async () => {
    await judged({ signedAbove: true, records: [key] });
    expect(await theStep(ledger, 'CheckDelegation')).toMatchObject({ state: 'done' });
  });

  test('A5: stops at CAA records that forbid Amazon, before anything is entered', async () => {
    await expect(judged({ records: [caa('letsencrypt.org')] })).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining(`Add the record ${ZONE} CAA 0 issue "amazon.com"`),
    });
  });

  test('waits while none of the name servers answers for the zone', async () => {
    const says = { 'ns1.other-dns.net': refused, 'ns2.other-dns.net': refused };
    await expect(judged({ says })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringMatching(/ns1\.other-dns\.net answers REFUSED.*Create the zone with the DNS provider/),
    });
  });

  test('asks a name server of the zone itself at the address that the parent gives', async () => {
    await givenSite(ledger, { site: { dns: 'external', aliases: [] } });
    const server = `ns1.${ZONE}`;
    world = await NameServers.start({
      [ROOT]: ({ name, type }) => {
        if (type === 'DS' || !name.endsWith(ZONE)) return { authorities: [soa('test')] };
        return { authorities: [ns(ZONE, server)], additionals: [a(server, '9.9.9.1')] };
      },
      '9.9.9.1': () => refused,
    });
    const { connect } = world;
    await expect(checkDelegation(() => new Resolver({ connect }))(event, context)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(`${server} answers REFUSED without authority. Create the zone with the DNS`),
    });
  });

  test('goes on while a part of the name servers is lame, and says which', async () => {
    await judged({ says: { 'ns2.other-dns.net': refused } });
    expect(await theStep(ledger, 'CheckDelegation')).toMatchObject({
      state: 'done',
      message: expect.stringContaining('ns2.other-dns.net answers REFUSED without authority'),
    });
  });

  test('waits when nobody can be asked: silence is no verdict', async () => {
    await expect(judged({ to: ['ns.gone.test'] })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('Cannot check the delegation'),
    });
  });

  test('keeps what a person was asked for, however the look goes', async () => {
    await expect(judged({ signedAbove: true })).rejects.toThrow();
    expect(await theStep(ledger, 'CheckDelegation')).toMatchObject({
      made: [{ type: 'record', id: `_nameplate-challenge.${domain} TXT` }],
    });
  });
});
