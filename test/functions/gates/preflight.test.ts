import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../../aws/dns/resolver.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { preflight } from '../../../functions/gates/preflight.ts';
import type { Probes } from '../../../resources/probes/probe-edge.ts';
import { edgeOutputs, showEdge } from '../../support/edge.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, aaaa, NameServers, type Said, soa } from '../../support/name-servers.ts';
import { aServedCertificate, seeing, silent } from '../../support/probes.ts';
import { changing, context, domain, event, givenSite, givenStep, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
beforeEach(() => showEdge({ elb, ec2 }));
const bareName = 'np-1.us-east-1.elb.amazonaws.com';
/** What the load balancer's addresses are asked for under. */
const dnsName = `dualstack.${bareName}`;
const worlds: NameServers[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

const twoAddresses = (type: string): Said =>
  type === 'A' ? { answers: [a(dnsName, '203.0.113.7'), a(dnsName, '203.0.113.8')] } : { authorities: [soa('')] };

interface Given {
  site?: Partial<Site>;
  item?: Partial<SiteItem>;
  probes?: Partial<Probes>;
  dns?: (type: string) => Said | undefined;
  restored?: boolean;
}

async function run({
  site = {},
  item = {},
  probes = {},
  dns = twoAddresses,
  restored = false,
}: Given = {}): Promise<string[]> {
  const createdAt = '2026-11-22T12:00:00.000Z';
  await givenSite(ledger, {
    site,
    item,
    outputs: {
      ...edgeOutputs,
      CreateLoadBalancer: { loadBalancerArn: 'arn:lb', dnsName: bareName, zoneId: 'Z', createdAt },
    },
  });
  const servers = await NameServers.start({ '198.41.0.4': ({ type }) => dns(type) });
  worlds.push(servers);
  const sight = seeing(probes);
  await preflight(() => new Resolver({ connect: servers.connect }), sight.probes)({ ...event, restored }, context);
  return sight.looked.sort();
}
const served = (changes: Parameters<typeof aServedCertificate>[0]) => async () => ({
  served: aServedCertificate(changes),
  page: { status: 200, body: '' },
});

describe('Preflight', () => {
  test('looks at every address under every name, over https and http', async () => {
    expect(await run()).toEqual(
      ['203.0.113.7', '203.0.113.8']
        .flatMap((address) =>
          [domain, `www.${domain}`].flatMap((name) => [`http ${address}:80 ${name}/`, `https ${address} ${name}/`]),
        )
        .sort(),
    );
    expect(await theStep(ledger, 'Preflight')).toMatchObject({
      state: 'done',
      message: `The load balancer answers at 203.0.113.7, 203.0.113.8 for "${domain}", "www.${domain}"`,
    });
  });

  test('B8: looks once at an address that DNS tells 1,000 times', async () => {
    const addresses = Array.from({ length: 1_000 }, () => a(dnsName, '203.0.113.7'));
    const looked = await run({ dns: (type) => (type === 'A' ? { answers: addresses } : { authorities: [soa('')] }) });
    expect(looked).toHaveLength(4);
  });

  test('B8: looks at 16 of 1,000 addresses, and says that there are more', async () => {
    const addresses = Array.from({ length: 1_000 }, (_, place) => a(dnsName, `198.51.${place >> 8}.${place & 255}`));
    const looked = await run({ dns: (type) => (type === 'A' ? { answers: addresses } : { authorities: [soa('')] }) });
    expect(looked).toHaveLength(4 * 16);
    expect(await theStep(ledger, 'Preflight')).toMatchObject({
      message: expect.stringContaining(`984 more addresses of "${dnsName}" (too many to look at)`),
    });
  });

  test('asks for the path that is known to be well', async () => {
    const looked = await run({ site: { origin: { instance: { id: 'i-1', port: 80, healthPath: '/well' } } } });
    expect(looked).toContain(`https 203.0.113.7 ${domain}/well`);
  });

  test.each([
    ['C9: covers another name', served({ covers: false, names: ['other.test'] }), 'it is for "other.test"'],
    ['C10: leads to no trusted root', served({ chainError: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'SELF_SIGNED_CERT_IN_CHAIN'],
    ['ends within a week', served({ validTo: new Date(Date.now() + 6 * 86_400_000) }), 'in less than 7 days'],
    ['does not answer', silent('ETIMEDOUT'), 'ETIMEDOUT'],
    [
      'L13: answers 503',
      async () => ({ served: aServedCertificate(), page: { status: 503, body: '' } }),
      'answers 503',
    ],
  ])('does not let traffic come when the load balancer %s', async (_, secure, message) => {
    await expect(run({ probes: { secure } })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(message),
    });
  });

  test('does not let traffic come when http does not lead to https', async () => {
    const plain = async () => ({ status: 200, body: '' });
    await expect(run({ probes: { plain } })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('answers 200, not 301'),
    });
  });

  test('wants silence on port 80 when plain HTTP is rejected', async () => {
    await run({ site: { http: 'reject' }, probes: { plain: silent('ECONNREFUSED') } });
    await expect(run({ site: { http: 'reject' } })).rejects.toMatchObject({
      message: expect.stringContaining('is declared to reject'),
    });
  });

  test('takes the answer of a port 80 that a change is going to close', async () => {
    await run({ site: { http: 'reject' }, item: changing });
    expect(await theStep(ledger, 'Preflight')).toMatchObject({ state: 'done' });
  });

  test('C5: reads the edge again on a slow look: what another tool removed is restored once, then named', async () => {
    showEdge({ elb, ec2 }, { plain: undefined });
    const probes = { plain: silent('ECONNREFUSED') };
    await expect(run({ probes })).rejects.toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
    const given = {
      name: 'Preflight',
      state: 'waiting',
      looks: 8,
      startedAt: new Date(Date.now() - 6 * 60_000).toISOString(),
    } as const;
    await givenStep(ledger, given);
    await expect(run({ probes })).rejects.toMatchObject({
      name: 'Missing',
      message: expect.stringMatching(/^The listener on port 80 is missing: another tool/),
    });
    await givenStep(ledger, given);
    await expect(run({ probes, restored: true })).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringMatching(/^The listener on port 80 is missing again, .*Have that tool leave it alone/),
    });
  });

  test('says what it could not see behind an access list, and goes on', async () => {
    const out = silent('ETIMEDOUT');
    await run({ site: { access: ['198.51.100.9/32'] }, probes: { secure: out, plain: out } });
    expect((await theStep(ledger, 'Preflight')).message).toContain(
      'could not be looked at; not seen from here: 203.0.113.7, 203.0.113.8 (only 198.51.100.9/32 may come)',
    );
  });

  test('C7: looks at the addresses that the records will lead to', async () => {
    const dns = (type: string) =>
      type === 'AAAA' ? { answers: [aaaa(dnsName, '2001:db8::7')] } : { answers: [a(dnsName, '203.0.113.7')] };
    await run({ dns, site: { access: ['198.51.100.9/32'] } });
    expect((await theStep(ledger, 'Preflight')).message).not.toContain('2001:db8::7');
  });

  test('goes on without IPv6 where our own network has none', async () => {
    const dns = (type: string) =>
      type === 'AAAA' ? { answers: [aaaa(dnsName, '2001:db8::7')] } : { answers: [a(dnsName, '203.0.113.7')] };
    const { probes: well } = seeing();
    const secure: Probes['secure'] = (target) =>
      target.address.includes(':') ? silent('ENETUNREACH')() : well.secure(target);
    const plain: Probes['plain'] = (target) =>
      target.address.includes(':') ? silent('ENETUNREACH')() : well.plain(target);
    await run({ dns, probes: { secure, plain } });
    expect((await theStep(ledger, 'Preflight')).message).toContain(
      'not seen from here: 2001:db8::7 (IPv6 cannot be judged from here)',
    );
  });

  test('waits until DNS knows the load balancer, and while DNS gives no answer', async () => {
    await expect(run({ dns: () => ({ rcode: 'NXDOMAIN', authorities: [soa('')] }) })).rejects.toMatchObject({
      name: 'NotReady',
      message: `Waiting until DNS answers for the load balancer "${dnsName}"`,
    });
    await expect(run({ dns: () => undefined })).rejects.toMatchObject({ name: 'NotReady' });
  });
});
