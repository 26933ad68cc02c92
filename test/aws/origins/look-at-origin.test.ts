import { createServer } from 'node:https';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Resolver } from '../../../aws/dns/resolver.ts';
import { lookAtOrigin } from '../../../aws/origins/look-at-origin.ts';
import type { OriginQuestion } from '../../../domain/probes/origin-question.ts';
import { judgeOrigin, type OriginVerdict } from '../../../domain/probes/origin-tls.ts';
import { aCertificate, inOrder } from '../../support/certificates.ts';
import { holding, NAME, Practice } from '../../support/doctor.ts';
import { a, aaaa } from '../../support/name-servers.ts';

const ADDRESS = '9.9.9.9';
const ORIGIN = 'origin.shop.example.test';

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.open();
});
afterAll(() => practice.close());

type World = NonNullable<Parameters<Practice['world']>[0]>;

/** Looks, and judges what was seen. */
async function judged(
  asked: Partial<OriginQuestion> = {},
  { locked = false, remaining = 60_000, ...world }: World & { locked?: boolean; remaining?: number } = {},
): Promise<OriginVerdict & { connected: string[] }> {
  const { connect, dns: given, timeoutMs = 1 } = await practice.world({ records: named(ADDRESS), ...world });
  const { length } = practice.connected;
  const question = { name: ORIGIN, port: 443, servedNames: [NAME], host: 'viewer', client: 'cloudfront' } as const;
  const { client, ...rest } = { ...question, ...asked };
  const dns = new Resolver({ ...given, ...(connect && { connect }) });
  const options = { dns, ...(connect && { connect }), remaining: () => remaining };
  const seen = await lookAtOrigin({ ...rest, client }, { ...options, connectMs: timeoutMs, readMs: timeoutMs });
  const connected = practice.connected.slice(length).filter((to) => !to.endsWith(' 53'));
  return { ...judgeOrigin(seen, { now: new Date(), client, locked }), connected };
}

/** A zone in which the origin has these addresses. */
const named = (...addresses: string[]) =>
  holding([ADDRESS], ({ name, type }) => {
    const found = addresses.filter((address) => address.includes(':') === (type === 'AAAA'));
    if (name !== ORIGIN || found.length === 0) return undefined;
    return { answers: found.map((address) => (type === 'A' ? a(name, address) : aaaa(name, address))) };
  });

const codes = ({ findings }: OriginVerdict) => findings.map(({ code, status }) => [code, status]);

/** A server of the rack with a certificate for these names. */
async function serving(...names: string[]): Promise<World> {
  const material = inOrder(await aCertificate(practice.rack.trusted, { names }));
  return { dials: { [ADDRESS]: await practice.rack.connecting(createServer(material, (_, answer) => answer.end())) } };
}

test('C12, S4: a name that leads to a private address is a 504, and nothing is connected to', async () => {
  const verdict = await judged({}, { records: named('10.0.0.7') });
  expect(codes(verdict)).toEqual([['addressNotPublic', 504]]);
  expect(verdict.findings[0]?.message).toMatch(
    /"origin\.shop\.example\.test" leads to 10\.0\.0\.7, .*504\. Replace it/,
  );
  expect(verdict.connected).toEqual([]);
  expect(codes(await judged({ name: undefined, address: '169.254.169.254' } as never))).toEqual([
    ['addressNotPublic', 504],
  ]);
});

test('C11: a name that does not exist, or has IPv6 addresses only, is a 502', async () => {
  expect(codes(await judged({ name: 'nowhere.example.test' }))).toEqual([['nameNotFound', 502]]);
  const verdict = await judged({}, { records: named('2620:fe::9') });
  expect(codes(verdict)).toEqual([['noAddress', 502]]);
  expect(verdict.connected).toEqual([]);
});

test('C9: the certificate may be for the Host that is sent or for the name of the origin, and for viewers for theirs', async () => {
  const world = await serving(ORIGIN);
  expect(codes(await judged({}, world))).toEqual([]);
  expect(codes(await judged({ host: 'origin' }, world))).toEqual([]);
  expect(codes(await judged({ client: 'viewers' }, world))).toEqual([['certificateWrongName', undefined]]);
  const other = await serving(NAME);
  expect(codes(await judged({}, other))).toEqual([]);
  expect(codes(await judged({ host: 'origin' }, other))).toEqual([['certificateWrongName', 502]]);
});

test('each served name is sent, and a silent address is asked once', async () => {
  const servedNames = [NAME, 'www.shop.example.test'];
  const verdict = await judged({ servedNames }, await serving(NAME));
  expect(codes(verdict)).toEqual([['certificateWrongName', 502]]);
  expect(verdict.findings[0]?.message).toContain('as "www.shop.example.test"');
  const silent = await judged({ servedNames }, { servers: { [ADDRESS]: 'filtered' } });
  expect(codes(silent)).toEqual([['portFiltered', 504]]);
  expect(silent.connected).toEqual([`${ADDRESS} 443`]);
});

test('one bad address of several is named', async () => {
  const servers = { [ADDRESS]: 'ecdsa256', '9.9.9.10': 'expired' } as const;
  const verdict = await judged({}, { records: named(ADDRESS, '9.9.9.10'), servers });
  expect(codes(verdict)).toEqual([['certificateExpired', 502]]);
  expect(verdict.findings[0]?.message).toMatch(/at 9\.9\.9\.10 .*\("?the certificate "CN=shop\.example\.test" by ".+"/);
});

test('the declared port is asked, and no other', async () => {
  const verdict = await judged({ port: 8443 }, { servers: { [ADDRESS]: 'expired' } });
  expect(new Set(verdict.connected)).toEqual(new Set([`${ADDRESS} 8443`]));
  expect(verdict.findings[0]?.message).toContain(`${ADDRESS} port 8443`);
  const closed = await judged({ port: 8443 }, { servers: { [ADDRESS]: 'closed' } });
  expect(closed.findings[0]?.message).toContain('Port 8443 refuses connections');
});

test('silence says nothing of an origin that may admit CloudFront only, nor does a look without time', async () => {
  const locked = await judged({}, { servers: { [ADDRESS]: 'filtered' }, locked: true });
  expect(locked).toMatchObject({ findings: [], unseen: [{ address: ADDRESS, why: 'it may admit CloudFront only' }] });
  const late = await judged({}, { remaining: 0 });
  expect(late).toMatchObject({ findings: [], unseen: [{ address: ADDRESS, why: 'no time was left' }] });
});

test.each(['wrongOrder', 'otherCipher', 'p521Key'] as const)(
  '%s stops CloudFront, and viewers are told',
  async (kind) => {
    const servers = { [ADDRESS]: kind };
    expect(codes(await judged({}, { servers }))).toHaveLength(1);
    const viewers = await judged({ client: 'viewers' }, { servers });
    expect(viewers).toMatchObject({ findings: [], told: [expect.stringContaining('CloudFront')] });
  },
);

test('invariant 5: a certificate whose renewal is overdue stops viewers within its last 7 days', async () => {
  const DAY_MS = 86_400_000;
  const ending = async (days: number): Promise<World> => {
    const [notBefore, notAfter] = [-90, days].map((each) => new Date(Date.now() + each * DAY_MS + 60_000));
    const material = inOrder(
      await aCertificate(practice.rack.trusted, { names: [NAME], notBefore, notAfter } as never),
    );
    return {
      dials: { [ADDRESS]: await practice.rack.connecting(createServer(material, (_, answer) => answer.end())) },
    };
  };
  expect(codes(await judged({ client: 'viewers' }, await ending(6)))).toEqual([['certificateExpiresSoon', undefined]]);
  const eight = await judged({ client: 'viewers' }, await ending(8));
  expect(eight).toMatchObject({ findings: [], told: [expect.stringContaining('its renewal is overdue')] });
  expect(await judged({}, await ending(1))).toMatchObject({ findings: [], told: [expect.any(String)] });
});
