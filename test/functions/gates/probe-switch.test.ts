import { afterEach, describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { pagePath } from '../../../domain/pages/page-path.ts';
import { probePage } from '../../../functions/gates/probe-page.ts';
import { probeSwitch } from '../../../functions/gates/probe-switch.ts';
import type { Probes } from '../../../resources/probes/probe-edge.ts';
import { edgeOutputs } from '../../support/edge.ts';
import { useLedger } from '../../support/ledger.ts';
import { a, NameServers, soa } from '../../support/name-servers.ts';
import { aServedCertificate, seeing } from '../../support/probes.ts';
import { context, domain, event, givenSite, givenStep, theStep } from '../../support/steps.ts';

const ledger = useLedger();
const worlds: NameServers[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

const distribution = { distributionId: 'E1', domainName: 'd111111abcdef8.cloudfront.net' };
const addresses: Record<string, string> = {
  [domain]: '198.51.100.130',
  [`www.${domain}`]: '198.51.100.130',
  [distribution.domainName]: '198.51.100.131',
};
const on = { state: 'on', cause: 'request', since: '2026-11-22T12:00:00.000Z' } as const;
const page = { status: 503, retryAfter: '120', body: 'Back soon' };
const answering =
  (answer: typeof page | { status: number; body: string }, certificate = {}): Probes['secure'] =>
  async () => ({ served: aServedCertificate(certificate), page: answer });

async function run(
  step: typeof probePage | typeof probeSwitch,
  { item = {}, secure, waitedMinutes }: { item?: Partial<SiteItem>; secure?: Probes['secure']; waitedMinutes?: number },
) {
  await givenSite(ledger, { outputs: { ...edgeOutputs, CreateDistribution: distribution }, item });
  if (waitedMinutes !== undefined) {
    const startedAt = new Date(Date.now() - waitedMinutes * 60_000).toISOString();
    await givenStep(ledger, { name: 'ProbeSwitch', state: 'waiting', startedAt });
  }
  const servers = await NameServers.start({
    '198.41.0.4': ({ name, type }) => {
      const address = addresses[name];
      return address !== undefined && type === 'A' ? { answers: [a(name, address)] } : { authorities: [soa('')] };
    },
  });
  worlds.push(servers);
  const sight = seeing(secure ? { secure } : {});
  await step(() => new Resolver({ connect: servers.connect }), sight.probes)(event, context);
  return sight.looked.sort();
}

describe('ProbePage', () => {
  test('looks under every served name at the distribution, which viewers are not led to yet', async () => {
    expect(await run(probePage, { item: { maintenance: on }, secure: answering(page) })).toEqual([
      `https 198.51.100.131 ${domain}/`,
      `https 198.51.100.131 www.${domain}/`,
    ]);
    expect((await theStep(ledger, 'ProbePage')).message).toBe(
      `The maintenance page answers under ${domain}, www.${domain}`,
    );
  });

  test('looks at nothing while viewers are to see the site', async () => {
    expect(await run(probePage, {})).toEqual([]);
  });

  test.each<[string, Probes['secure'], RegExp]>([
    ['F7: a certificate that does not cover the name', answering(page, { covers: false }), /certificate/],
    [
      'an error page of an edge',
      answering({ status: 503, body: '' }),
      /answers 503 without "Retry-After", not 503 with the maintenance page/,
    ],
    ['the site', answering({ status: 200, body: '' }), /answers 200, not 503/],
  ])('F6: does not take %s for the page', async (_, secure, message) => {
    await expect(run(probePage, { item: { maintenance: on }, secure })).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringMatching(message),
    });
  });
});

describe('ProbeSwitch', () => {
  test('goes where DNS sends a viewer of every name, and finds the page there', async () => {
    expect(await run(probeSwitch, { item: { maintenance: on }, secure: answering(page) })).toEqual([
      `https 198.51.100.130 ${domain}/`,
      `https 198.51.100.130 www.${domain}/`,
    ]);
    const { message } = await theStep(ledger, 'ProbeSwitch');
    expect(message).toBe(`${domain}, www.${domain}: DNS leads viewers to the maintenance page, which answers`);
  });

  test('is not done while a name shows the site', async () => {
    await expect(run(probeSwitch, { item: { maintenance: on } })).rejects.toMatchObject({ name: 'NotReady' });
  });

  test('finds the site again once the page is off, and is not done while a name shows the page', async () => {
    await run(probeSwitch, { item: { maintenance: { ...on, state: 'off' } } });
    expect((await theStep(ledger, 'ProbeSwitch')).message).toMatch(/DNS leads viewers to the site, which answers/);
  });

  test('is not done while a name shows the page although the site is to be seen', async () => {
    await expect(run(probeSwitch, { secure: answering(page) })).rejects.toMatchObject({ name: 'NotReady' });
  });
});

describe('F5: ProbeSwitch, when viewers are led back while the origin is down', () => {
  const off = { maintenance: { ...on, state: 'off' } } as const;

  test('takes the page that the failover shows once the site had two minutes to be seen', async () => {
    await expect(run(probeSwitch, { item: off, secure: answering(page), waitedMinutes: 1 })).rejects.toMatchObject({
      name: 'NotReady',
    });
    await run(probeSwitch, { item: off, secure: answering(page), waitedMinutes: 3 });
    expect((await theStep(ledger, 'ProbeSwitch')).message).toMatch(/^The origin is down, and the failover shows/);
  });

  test('takes nothing else for it', async () => {
    const secure = answering({ status: 502, body: 'Bad Gateway' });
    await expect(run(probeSwitch, { item: off, secure, waitedMinutes: 3 })).rejects.toMatchObject({ name: 'NotReady' });
  });
});

test('behind CloudFront the page has a path of its own while the site is served', () => {
  expect(pagePath(domain)).toMatch(/^\/\.nameplate\/np-[0-9a-f]{12}\.html$/);
});
