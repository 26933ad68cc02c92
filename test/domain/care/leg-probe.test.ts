import { describe, expect, test } from '@jest/globals';
import { nameProbes, targetProbe } from '../../../domain/care/leg-probe.ts';
import type { EndpointSeen, SecureSeen, Seen } from '../../../domain/doctor/seen.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { aSite } from '../../support/site.ts';

const now = new Date('2026-11-30T12:00:00Z');

const secure = (status: number, changes: Partial<SecureSeen> = {}) =>
  ({
    certificates: [{ validTo: new Date('2027-06-18T00:00:00Z') }],
    covers: true,
    chain: { trust: 'trusted', inOrder: true },
    page: { status, headers: {}, body: '' },
    ...changes,
  }) as SecureSeen;

const plain: EndpointSeen['plain'] = { page: { status: 301, headers: {}, body: '' }, walk: [] };

const at = (address: string, seen: EndpointSeen['secure'] = secure(200)): EndpointSeen => ({
  address,
  secure: seen,
  plain,
});

const seen = (changes: Partial<Seen> = {}): Seen => ({
  name: 'shop.example.com',
  now,
  delegation: { failure: 'of no account here' },
  servers: ['ns1.example', 'ns2.example'].map((server) => ({ server, rcode: 'NOERROR', has: true })),
  caa: { set: undefined },
  names: { over: [], end: 'found', addresses: ['203.0.113.2', '203.0.113.3'], notPublic: [] },
  endpoints: [at('203.0.113.2'), at('203.0.113.3')],
  leftOut: 0,
  ...changes,
});

const probes = (looks: readonly Seen[], isOnPage = false) => nameProbes(looks, { isOnPage });
const refused = { stage: 'connect', failure: 'ECONNREFUSED' } as const;

describe('nameProbes()', () => {
  test('tells what each name server has of a name, and what HTTPS answers at each address, once for names that are alike', () => {
    expect(probes([seen(), seen({ name: 'www.shop.example.com' })])).toEqual([
      {
        leg: 'dns',
        asked: 'shop.example.com, www.shop.example.com at ns1.example, ns2.example',
        found: '203.0.113.2, 203.0.113.3',
        isWell: true,
      },
      {
        leg: 'edge',
        asked: 'https://shop.example.com/, https://www.shop.example.com/ at 203.0.113.2, 203.0.113.3',
        found: '200; certificate until 2027-06-18',
        isWell: true,
      },
    ]);
  });

  test('tells which name server has no address of it, and that none has one of IPv4', () => {
    const servers = [
      { server: 'ns1.example', rcode: 'NOERROR', has: true },
      { server: 'ns2.example', rcode: 'NXDOMAIN', has: false },
    ];
    expect(probes([seen({ servers })])[0]).toMatchObject({
      found: '203.0.113.2, 203.0.113.3; no A record at ns2.example (NXDOMAIN)',
      isWell: false,
    });
    const names = { ...seen().names, addresses: ['2001:db8::1'] };
    const none = servers.map(({ server }) => ({ server, rcode: 'NOERROR', has: false }));
    expect(probes([seen({ servers: none, names })])[0]).toMatchObject({
      found: '2001:db8::1; no A record',
      isWell: true,
    });
  });

  test('tells apart addresses that answer otherwise, and what is wrong with the certificate', () => {
    const endpoints = [at('203.0.113.2', secure(502)), at('203.0.113.3', secure(200, { covers: false }))];
    const edges = probes([seen({ endpoints: [...endpoints, at('203.0.113.4', refused)] })]).slice(1);
    expect(edges.map(({ asked, found, isWell }) => [asked, found, isWell])).toEqual([
      ['https://shop.example.com/ at 203.0.113.2', '502; certificate until 2027-06-18', false],
      ['https://shop.example.com/ at 203.0.113.3', '200; certificate until 2027-06-18, for another name', false],
      ['https://shop.example.com/ at 203.0.113.4', 'no TLS (ECONNREFUSED)', false],
    ]);
  });

  test('tells nothing of what could not be asked from here', () => {
    const noIpv6 = { stage: 'connect', failure: 'ENETUNREACH' } as const;
    const unreachable = { ...at('2001:db8::1', noIpv6), plain: noIpv6 };
    const legs = probes([seen({ servers: [], endpoints: [unreachable] })]);
    expect(legs).toEqual([]);
  });

  test('is of the maintenance page while viewers are led there, and well with its 503', () => {
    const [, page] = probes([seen({ endpoints: [at('203.0.113.9', secure(503))] })], true);
    expect(page).toMatchObject({ leg: 'page', found: '503; certificate until 2027-06-18', isWell: true });
  });

  test('is by plain HTTP of a site that declares that', () => {
    const declared = { scheme: 'http', port: 80, http: 'redirect', access: ['0.0.0.0/0'] } as const;
    expect(probes([seen({ declared })])[1]).toMatchObject({
      asked: 'http://shop.example.com/ at 203.0.113.2, 203.0.113.3',
      found: '301',
      isWell: true,
    });
    expect(probes([seen({ declared: { ...declared, port: 8080 } })])).toHaveLength(1);
  });
});

test('targetProbe() tells how the load balancer finds the target, and why', () => {
  const origin = originOf(aSite());
  const { id = '', port = 0 } = origin.target ?? {};
  expect(targetProbe([{ id, port, state: 'healthy' }], origin)).toMatchObject({ found: 'healthy', isWell: true });
  const reason = 'Target.Timeout';
  expect(targetProbe([{ id, port, state: 'unhealthy', reason, description: 'Request timed out' }], origin)).toEqual({
    leg: 'origin',
    asked: `Health of ${origin.label}, port ${port}, by the load balancer`,
    found: 'unhealthy (Target.Timeout: Request timed out)',
    isWell: false,
  });
  expect(targetProbe([], origin)).toMatchObject({ found: 'not registered', isWell: false });
});
