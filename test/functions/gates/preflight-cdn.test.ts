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
import { a, aaaa, NameServers, type Said } from '../../support/name-servers.ts';
import { aServedCertificate, seeing, silent } from '../../support/probes.ts';
import { aCdn } from '../../support/site.ts';
import { context, domain, event, givenSite, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const elb = mockClient(ElasticLoadBalancingV2Client);
const ec2 = mockClient(EC2Client);
const worlds: NameServers[] = [];
beforeEach(() => showEdge({ elb, ec2 }));
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

const domainName = 'd111111abcdef8.cloudfront.net';
const addresses = (type: string): Said => ({
  answers: type === 'A' ? [a(domainName, '198.51.100.128')] : [aaaa(domainName, '2001:db8:cf::80')],
});

async function run(
  site: Partial<Site> = {},
  probes: Partial<Probes> = {},
  dns = addresses,
  item: Partial<SiteItem> = {},
): Promise<string[]> {
  const outputs = { ...edgeOutputs, CreateDistribution: { distributionId: 'E1', domainName } };
  await givenSite(ledger, { site: { edge: 'cdn', aliases: [], ...site }, outputs, item });
  const servers = await NameServers.start({
    '198.41.0.4': ({ name, type }) => (name === domainName ? dns(type) : undefined),
  });
  worlds.push(servers);
  const sight = seeing(probes);
  await preflight(() => new Resolver({ connect: servers.connect }), sight.probes)(event, context);
  return sight.looked.sort();
}

const answering = (status: number, server: string) => async () => ({
  served: aServedCertificate(),
  page: { status, server, body: '' },
});

describe('Preflight of a distribution', () => {
  test('looks at its own addresses of both protocols under the names that viewers use', async () => {
    expect(await run()).toEqual([
      `http 198.51.100.128:80 ${domain}/`,
      `http 2001:db8:cf::80:80 ${domain}/`,
      `https 198.51.100.128 ${domain}/`,
      `https 2001:db8:cf::80 ${domain}/`,
    ]);
    expect((await theStep(ledger, 'Preflight')).message).toBe(
      `The distribution answers at 198.51.100.128, 2001:db8:cf::80 for "${domain}"`,
    );
  });

  test('takes the maintenance page for the site while that is on, and no error page of CloudFront', async () => {
    const on: Partial<SiteItem> = { maintenance: { state: 'on', cause: 'request', since: '2026-11-22T12:00:00.000Z' } };
    const shown = { served: aServedCertificate(), page: { status: 503, retryAfter: '120', body: '' } };
    await run({}, { secure: async () => shown }, addresses, on);
    expect((await theStep(ledger, 'Preflight')).state).toBe('done');
  });

  test('waits while DNS has no address of it', async () => {
    await expect(run({}, {}, () => ({ rcode: 'NXDOMAIN' }))).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(`for the distribution "${domainName}"`),
    });
  });

  test.each([
    ['C9: answers 502', answering(502, 'CloudFront'), 'the certificate of the listener'],
    ['C12: answers 504', answering(504, 'CloudFront'), "let in CloudFront's prefix list"],
    ['C12: keeps a viewer waiting', silent('ETIMEDOUT'), 'CloudFront waits for the load balancer longer than a viewer'],
    [
      'C8: does not have the certificate yet',
      async () => ({
        served: aServedCertificate({ covers: false, names: ['*.cloudfront.net'] }),
        page: { status: 200, body: '' },
      }),
      'it is for "*.cloudfront.net"',
    ],
    ['is refused by the lock', answering(403, 'awselb/2.0'), 'does not know the secret header'],
  ])('does not let traffic come when it %s', async (_, secure, message) => {
    await expect(run({}, { secure })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(message),
    });
  });

  test('says that a web ACL keeps it out, which is none of its business', async () => {
    await run({}, { secure: answering(403, 'CloudFront') });
    const { message } = await theStep(ledger, 'Preflight');
    expect(message).toContain('web ACL');
    expect(message).not.toContain('allow the Host');
  });

  test('wants 403 on port 80 where plain HTTP is rejected, as CloudFront answers it', async () => {
    const plain = (status: number) => async () => ({ status, body: '' });
    await run({ http: 'reject' }, { plain: plain(403) });
    expect(await theStep(ledger, 'Preflight')).toMatchObject({ state: 'done' });
    await expect(run({ http: 'reject' }, { plain: plain(200) })).rejects.toThrow();
  });

  test('names the Host that the web server gets, where it refuses that', async () => {
    const cdn = { ...aCdn(), host: 'origin' as const };
    await run({ cdn }, { secure: answering(400, 'nginx') });
    expect((await theStep(ledger, 'Preflight')).message).toContain(`allow the Host "origin.${domain}"`);
  });
});
