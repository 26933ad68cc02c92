import { afterEach, describe, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import type { Page } from '../../../domain/probes/page.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { follow, type Walk } from '../../../resources/gates/preflight/follow.ts';
import { a, NameServers, soa } from '../../support/name-servers.ts';
import { aServedCertificate, seeing, silent } from '../../support/probes.ts';
import { aSite } from '../../support/site.ts';
import { domain } from '../../support/steps.ts';

const address = '203.0.113.7';
const worlds: NameServers[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

interface Given {
  site?: Partial<Site>;
  /** What the edge answers, by URL; everything else with 200. */
  pages?: Record<string, Page>;
}

const to = (location: string, status = 301): Page => ({ status, location });

async function followed({ site = {}, pages = {} }: Given): Promise<Walk & { looked: string[]; asked: string[] }> {
  const at = (href: string) => ({ body: '', ...(pages[href] ?? { status: 200 }) });
  const { probes, looked } = seeing({
    secure: async ({ name, path }) => ({ served: aServedCertificate(), page: at(`https://${name}${path}`) }),
    plain: async ({ name, port, path }) => at(`http://${name}${port === 80 ? '' : `:${port}`}${path}`),
  });
  const servers = await NameServers.start({
    '198.41.0.4': ({ name, type }) =>
      name === 'other.example.net' && type === 'A'
        ? { answers: [a(name, '8.8.8.8')] }
        : name === 'inside.example.net' && type === 'A'
          ? { answers: [a(name, '10.0.1.5')] }
          : { rcode: 'NXDOMAIN', authorities: [soa('')] },
  });
  worlds.push(servers);
  const dns = new Resolver({ connect: servers.connect });
  const walk = await follow({ address, name: domain }, { site: aSite(site), probes, dns });
  return { ...walk, looked, asked: servers.asked };
}

describe('C2: follow()', () => {
  test('is content with a page that stays, and asks no name server', async () => {
    expect(await followed({})).toMatchObject({ findings: [], unseen: [], told: [], asked: [] });
  });

  test.each([
    [{ [`https://${domain}/`]: to(`https://${domain}/`) }],
    [{ [`https://${domain}/`]: to(`http://${domain}/`) }],
    [{ [`https://${domain}/`]: to('/in', 302), [`https://${domain}/in`]: to(`https://${domain}/in`) }],
  ])('stops at a redirect loop with the advice to trust X-Forwarded-Proto: %j', async (pages) => {
    const { findings, asked } = await followed({ pages });
    expect(findings.map(({ reason }) => reason)).toEqual(['redirectLoop']);
    expect(asked).toEqual([]);
  });

  test('stops where two names of the site lead to each other', async () => {
    const pages = {
      [`https://${domain}/`]: to(`https://www.${domain}/`),
      [`https://www.${domain}/`]: to(`https://${domain}/`),
    };
    expect((await followed({ pages })).findings).toMatchObject([{ reason: 'redirectLoop' }]);
  });

  test('goes on over names and pages of the site, at the one address of the edge', async () => {
    const pages = {
      [`https://${domain}/`]: to(`https://www.${domain}/`),
      [`https://www.${domain}/`]: to('/start', 302),
    };
    const { looked, ...walk } = await followed({ pages });
    expect(walk).toMatchObject({ findings: [], told: [] });
    expect(looked.filter((each) => each.includes('start'))).toEqual([`https ${address} www.${domain}/start`]);
  });

  test('tells of another host and of plain HTTP, and stops nothing', async () => {
    const away = await followed({ pages: { [`https://${domain}/`]: to('https://other.example.net/x') } });
    expect(away).toMatchObject({ findings: [] });
    expect(away.told).toEqual([
      `"https://${domain}/" sends viewers to another host, "https://other.example.net/x" (at 8.8.8.8)`,
    ]);
    expect(away.looked.filter((each) => each.includes('other'))).toEqual([]);
    const { told } = await followed({ pages: { [`https://${domain}/`]: to(`http://${domain}/start`) } });
    expect(told).toEqual([`"https://${domain}/" sends viewers over plain HTTP, to "http://${domain}/start"`]);
  });

  test.each([
    ['https://gone.example.net/', 'DNS has no address for "gone.example.net"'],
    ['https://inside.example.net/', '10.0.1.5 is no public address'],
    ['http://10.0.1.5/', '10.0.1.5 is no public address'],
    ['http://[::1]/', '::1 is no public address'],
    [`https://${domain}:8443/`, 'the load balancer does not listen on port 8443'],
    [`https://${'x'.repeat(64)}.example.net/`, 'there can be no such name'],
  ])('S4: stops at a redirect to %s, and connects to nothing there', async (location, why) => {
    const { findings, looked } = await followed({ pages: { [`https://${domain}/`]: to(location) } });
    expect(findings).toMatchObject([{ reason: 'redirectDead', message: expect.stringContaining(why) }]);
    expect(new Set(looked.map((each) => each.split(' ')[1]))).toEqual(new Set([address]));
  });

  test('stops at a redirect to port 80 where that is declared to be closed', async () => {
    const pages = { [`https://${domain}/`]: to(`http://${domain}/start`) };
    expect((await followed({ pages, site: { http: 'reject' } })).findings).toMatchObject([{ reason: 'redirectDead' }]);
  });

  test('takes no page for a loop for sure that sets a cookie, and follows no more than five redirects', async () => {
    const wall = { [`https://${domain}/`]: { ...to(`https://${domain}/`), setsCookie: true } };
    const walk = await followed({ pages: wall });
    expect([walk.findings, walk.told.length]).toEqual([[], 1]);
    const stairs = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`https://${domain}/${n === 0 ? '' : n}`, to(`/${n + 1}`)]),
    );
    const { told, looked } = await followed({ pages: stairs });
    expect(told).toEqual([expect.stringContaining('more than 5 times')]);
    expect(looked.length).toBeLessThan(9);
  });

  test('tells a 4xx under the name where the same path answered the health check', async () => {
    const { findings, told } = await followed({ pages: { [`https://${domain}/`]: { status: 400 } } });
    expect([findings, told]).toEqual([[], [expect.stringContaining(`allow the Host "${domain}"`)]]);
  });

  test('blames nobody for what it could not see', async () => {
    const { probes } = seeing({ secure: silent('ETIMEDOUT') });
    const site = aSite({ access: ['198.51.100.9/32'] });
    const dns = new Resolver({ roots: [] });
    expect(await follow({ address, name: domain }, { site, probes, dns })).toMatchObject({ findings: [] });
  });

  test('follows the instance of a direct edge likewise', async () => {
    const pages = { [`http://${domain}/`]: to(`http://${domain}/`, 302) };
    const { findings } = await followed({ pages, site: { edge: 'direct' } });
    expect(findings).toMatchObject([{ reason: 'redirectLoop' }]);
  });
});
