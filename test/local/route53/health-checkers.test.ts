import {
  type HealthCheckConfig,
  type HealthCheckRegion,
  Route53,
  type UpdateHealthCheckRequest,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Authority } from '../../../local/certificates/authority.ts';
import { type ASite, aSite } from './a-site.ts';
import { aChange, aRoute53World, type Route53World } from './world.ts';

const ADDRESS = '203.0.113.40';
const ZONE = 'shop.example.test';

let world: Route53World;
let aws: Route53;
let site: ASite;

beforeEach(async () => {
  world = await aRoute53World();
  aws = world.aws.client(Route53);
  site = aSite(world.internet, { address: ADDRESS });
});
afterEach(() => world.aws.close());

const seconds = (count: number): Promise<void> => world.aws.clock.advance(count * 1000);

/** A check that fails after three bad results, ten seconds apart, unless said otherwise. */
async function aCheck(config: Partial<HealthCheckConfig> = {}): Promise<string> {
  const { HealthCheck: check } = await aws.createHealthCheck({
    CallerReference: `check ${Math.random()}`,
    HealthCheckConfig: { Type: 'HTTP', IPAddress: ADDRESS, RequestInterval: 10, FailureThreshold: 3, ...config },
  });
  return String(check?.Id);
}

const observed = async (id: string) => (await aws.getHealthCheckStatus({ HealthCheckId: id })).HealthCheckObservations;
const statuses = async (id: string): Promise<string[]> => [
  ...new Set((await observed(id))?.map(({ StatusReport: report }) => String(report?.Status))),
];
const update = (id: string, changes: Partial<UpdateHealthCheckRequest>) =>
  aws.updateHealthCheck({ HealthCheckId: id, ...changes });

/** Two records, of which the first answers while the check is healthy. */
async function watched(check: string): Promise<() => Promise<string>> {
  const { id } = await world.zone(ZONE);
  const record = (SetIdentifier: string, value: string, rest: object) => {
    const change = aChange('CREATE', `www.${ZONE}`, 'A', value);
    return { ...change, ResourceRecordSet: { ...change.ResourceRecordSet, SetIdentifier, ...rest } } as typeof change;
  };
  await world.change(
    id,
    record('site', '203.0.113.1', { Failover: 'PRIMARY', HealthCheckId: check }),
    record('page', '203.0.113.2', { Failover: 'SECONDARY' }),
  );
  await world.settle();
  return async () => {
    const { answers } = await world.names.freshResolver.resolve(`www.${ZONE}`, 'A');
    return answers.map(({ data }) => (data === '203.0.113.1' ? 'site' : 'page')).join();
  };
}

describe('checkers', () => {
  test('probe from two places in each region, each at its own time, and name the check', async () => {
    const id = await aCheck({ FullyQualifiedDomainName: ZONE, ResourcePath: '/healthz?deep=1' });
    expect(await observed(id)).toEqual([]);
    await seconds(20);
    const found = await observed(id);
    expect(found).toHaveLength(16);
    expect(new Set(found?.map(({ Region }) => Region)).size).toBe(8);
    expect(new Set(found?.map(({ StatusReport: report }) => report?.CheckedTime?.getTime())).size).toBeGreaterThan(8);
    expect(await statuses(id)).toEqual(['Success: HTTP Status Code 200, OK']);
    expect(new Set(site.asked.map(({ from }) => from)).size).toBe(16);
    expect(site.asked[0]).toMatchObject({
      host: ZONE,
      path: '/healthz?deep=1',
      agent: `Amazon-Route53-Health-Check-Service (ref ${id}; report http://amzn.to/1vsZADi)`,
    });
    const { CheckerIpRanges: published = [] } = await aws.getCheckerIpRanges({});
    const [first = ''] = site.asked.map(({ from }) => from.replace(/\.\d+$/, ''));
    expect(published.some((range) => range.startsWith(first))).toBe(true);
  });

  test('of the chosen regions only', async () => {
    const Regions: HealthCheckRegion[] = ['us-east-1', 'eu-west-1', 'sa-east-1'];
    const id = await aCheck({ Regions });
    await seconds(20);
    expect((await observed(id))?.map(({ Region }) => Region).sort()).toEqual([...Regions, ...Regions].sort());
  });

  test('name the port where it is not the usual one, and come by IPv6 to an IPv6 address', async () => {
    const six = aSite(world.internet, { address: '2001:db8::40', port: 8080 });
    await aCheck({ IPAddress: '2001:db8::40', Port: 8080, FullyQualifiedDomainName: ZONE });
    await seconds(20);
    expect(six.asked[0]).toMatchObject({ host: `${ZONE}:8080`, from: expect.stringContaining(':') });
  });

  test('cost nothing while nothing changes, also over half a year', async () => {
    const id = await aCheck();
    await seconds(120);
    const asked = site.asked.length;
    await seconds(180 * 86_400);
    expect(site.asked).toHaveLength(asked);
    const [one] = (await observed(id)) ?? [];
    expect(world.aws.clock.now().getTime() - Number(one?.StatusReport?.CheckedTime)).toBeLessThanOrEqual(10_000);
  });

  test('share what one of them finds after a change, where all who ask are answered alike', async () => {
    const other = aSite(world.internet, { address: '203.0.113.41', uniform: false });
    const ids = [await aCheck(), await aCheck({ IPAddress: '203.0.113.41' })];
    await seconds(120);
    const [ofSite, ofOther] = [site.asked.length, other.asked.length];
    for (const one of [site, other]) one.answer = (_, response) => response.writeHead(503).end();
    await seconds(12);
    for (const id of ids) expect(await statuses(id)).toEqual(['Failure: HTTP Status Code 503, Service Unavailable']);
    expect([site.asked.length - ofSite, other.asked.length - ofOther]).toEqual([1, 16]);
  });

  test.each([
    [
      'a bad status',
      (site: ASite) => {
        site.answer = (_, response) => response.writeHead(503).end();
      },
      'Failure: HTTP Status Code 503, Service Unavailable',
    ],
    [
      'a redirect, which is good',
      (site: ASite) => {
        site.answer = (_, response) => response.writeHead(302).end();
      },
      'Success: HTTP Status Code 302, Found',
    ],
    ['a closed port', (site: ASite) => site.leave(), 'Failure: Connection timed out. The endpoint'],
    [
      'no answer within two seconds',
      (site: ASite) => {
        site.answer = () => {};
      },
      'Failure: Connection timed out. The endpoint',
    ],
    [
      'a connection that breaks off',
      (site: ASite) => {
        site.answer = (request) => request.socket.destroy();
      },
      'Failure: Connection reset by peer',
    ],
  ])('say what they found: %s', async (_, act, status) => {
    act(site);
    const id = await aCheck();
    await seconds(30);
    expect((await statuses(id)).join()).toContain(status);
  });

  test('look for a string in the first 5,120 bytes', async () => {
    const id = await aCheck({ Type: 'HTTP_STR_MATCH', SearchString: 'all well' });
    site.answer = (_, response) => response.end(`${'x'.repeat(5112)}all well`);
    await seconds(30);
    expect(await statuses(id)).toEqual(['Success: HTTP Status Code 200, OK']);
    site.answer = (_, response) => response.end(`${'x'.repeat(5113)}all well`);
    await seconds(30);
    expect((await statuses(id)).join()).toMatch(/^Failure: HTTP Status Code 200, OK/);
  });

  test('of type TCP want a connection and nothing else', async () => {
    const id = await aCheck({ Type: 'TCP', Port: 80 });
    await seconds(30);
    expect(await statuses(id)).toEqual(['Success']);
    expect(site.asked).toEqual([]);
  });
});

describe('checkers that go by name', () => {
  test('ask DNS for IPv4 alone, and say what it answered', async () => {
    const { id: zoneId } = await world.zone(ZONE);
    await world.change(zoneId, aChange('CREATE', `origin.${ZONE}`, 'A', ADDRESS));
    await world.settle();
    const byName = { IPAddress: undefined, FullyQualifiedDomainName: `origin.${ZONE}` };
    const id = await aCheck(byName);
    await seconds(20);
    expect(await statuses(id)).toEqual([`Success: HTTP Status Code 200, OK. Resolved IP: ${ADDRESS}`]);

    await world.change(zoneId, aChange('UPSERT', `origin.${ZONE}`, 'A', '203.0.113.41'));
    await world.settle();
    expect((await statuses(id)).join()).toMatch(/^Failure: .* Resolved IP: 203\.0\.113\.41$/);
    await world.change(zoneId, aChange('DELETE', `origin.${ZONE}`, 'A', '203.0.113.41'));
    await world.change(zoneId, aChange('CREATE', `origin.${ZONE}`, 'AAAA', '2001:db8::40'));
    await world.settle();
    expect(await statuses(id)).toEqual(['Failure: DNS resolution failed']);
  });

  test('do not go to private addresses', async () => {
    const { id: zoneId } = await world.zone(ZONE);
    await world.change(zoneId, aChange('CREATE', `origin.${ZONE}`, 'A', '10.0.0.9'));
    await world.settle();
    const id = await aCheck({ IPAddress: undefined, FullyQualifiedDomainName: `origin.${ZONE}` });
    await seconds(20);
    expect((await statuses(id)).join()).toMatch(/^Failure: Resolved IP: 10\.0\.0\.9\./);
  });
});

describe('checkers over TLS', () => {
  const tlsOf = async (names: string[], rest: object = {}) => {
    const authority = await Authority.create();
    const notBefore = world.aws.clock.now();
    const notAfter = new Date(notBefore.getTime() + 3_600_000);
    const { privateKeyPem: key, certificatePem: cert } = await authority.issue({
      names,
      keyAlgorithm: 'EC_prime256v1',
      notBefore,
      notAfter,
    });
    return { key, cert, ...rest };
  };

  test('take any certificate, also one that has expired', async () => {
    aSite(world.internet, { address: ADDRESS, port: 443, tls: await tlsOf([ZONE]) });
    await seconds(86_400);
    const id = await aCheck({ Type: 'HTTPS', FullyQualifiedDomainName: ZONE });
    await seconds(20);
    expect(await statuses(id)).toEqual(['Success: HTTP Status Code 200, OK']);
  });

  test('C: speak TLS 1.2 at most, so that a server of 1.3 alone fails', async () => {
    aSite(world.internet, { address: ADDRESS, port: 443, tls: await tlsOf([ZONE], { minVersion: 'TLSv1.3' }) });
    const id = await aCheck({ Type: 'HTTPS', FullyQualifiedDomainName: ZONE });
    await seconds(20);
    expect((await statuses(id)).join()).toMatch(/^Failure: SSL alert /);
  });

  test('try once more without SNI when the certificate lacks the name', async () => {
    const names: (string | undefined)[] = [];
    const tls = await tlsOf(['other.example.test']);
    const SNICallback = (name: string, done: (error: Error | null) => void) => {
      names.push(name);
      done(null);
    };
    const site = aSite(world.internet, { address: ADDRESS, port: 443, tls: { ...tls, SNICallback } });
    const id = await aCheck({ Type: 'HTTPS', FullyQualifiedDomainName: ZONE });
    await seconds(20);
    expect(await statuses(id)).toEqual(['Success: HTTP Status Code 200, OK']);
    expect(new Set(names)).toEqual(new Set([ZONE]));
    expect(site.asked).toHaveLength(names.length);
  });
});

describe('the status', () => {
  test('R24: is healthy until something has been found; F9: fails when no more than 18 % of the checkers say healthy', async () => {
    site.answer = (_, response) => response.writeHead(500).end();
    const answer = await watched(await aCheck({ RequestInterval: 30 }));
    // By now each checker has found two failures at least, and the third turns it.
    await seconds(60);
    expect(await answer()).toBe('page');
  });

  test('follows an outage after three bad results in a row, and comes back after three good ones', async () => {
    const answer = await watched(await aCheck());
    expect(await answer()).toBe('site');
    const turned = async (wanted: string): Promise<number> => {
      const from = world.aws.clock.now().getTime();
      await world.aws.clock.until(async () => (await answer()) === wanted, { limitMs: 120_000 });
      return (world.aws.clock.now().getTime() - from) / 1000;
    };
    site.answer = (_, response) => response.writeHead(500).end();
    const failing = await turned('page');
    expect(failing).toBeGreaterThan(20);
    expect(failing).toBeLessThan(34);
    site.answer = (_, response) => response.end('fine');
    const returning = await turned('site');
    expect(returning).toBeGreaterThan(20);
    expect(returning).toBeLessThan(34);
  });

  test('ignores two bad results among good ones', async () => {
    const answer = await watched(await aCheck());
    site.answer = (_, response) => response.writeHead(500).end();
    await seconds(19);
    site.answer = (_, response) => response.end('fine');
    await seconds(60);
    expect(await answer()).toBe('site');
  });

  test('F9: stays healthy while a fifth of the checkers gets through', async () => {
    const id = await aCheck();
    const answer = await watched(id);
    const open = new Set((await observed(id))?.slice(0, 4).map(({ IPAddress: address }) => address));
    world.internet.guard(ADDRESS, (from) => open.has(from));
    await seconds(120);
    expect(await answer()).toBe('site');
    const two = new Set([...open].slice(0, 2));
    world.internet.guard(ADDRESS, (from) => two.has(from));
    await seconds(120);
    expect(await answer()).toBe('page');
  });

  test('R25: of a disabled check is healthy, of an inverted one the opposite', async () => {
    site.answer = (_, response) => response.writeHead(500).end();
    const id = await aCheck();
    const answer = await watched(id);
    await seconds(60);
    expect(await answer()).toBe('page');
    await update(id, { Disabled: true });
    await seconds(20);
    expect(await answer()).toBe('site');
    expect(await observed(id)).toEqual([]);
    await update(id, { Disabled: false, Inverted: true });
    await seconds(60);
    expect(await answer()).toBe('site');
    site.answer = (_, response) => response.end('fine');
    await seconds(60);
    expect(await answer()).toBe('page');
  });

  test('an inverted check is unhealthy until something has been found', async () => {
    const answer = await watched(await aCheck({ Inverted: true, RequestInterval: 30 }));
    expect(await answer()).toBe('page');
  });

  test('a calculated check counts its healthy children', async () => {
    const good = await aCheck();
    const bad = await aCheck({ IPAddress: '203.0.113.99' });
    const { HealthCheck: both } = await aws.createHealthCheck({
      CallerReference: 'both',
      HealthCheckConfig: { Type: 'CALCULATED', HealthThreshold: 2, ChildHealthChecks: [good, bad] },
    });
    const id = String(both?.Id);
    const answer = await watched(id);
    await seconds(120);
    expect(await answer()).toBe('page');
    await update(id, { HealthThreshold: 1 });
    await seconds(20);
    expect(await answer()).toBe('site');
    await update(id, { HealthThreshold: 3 });
    await seconds(20);
    expect(await answer()).toBe('page');
    await update(id, { HealthThreshold: 0 });
    await seconds(20);
    expect(await answer()).toBe('site');
  });
});
